import { Component, input, model } from '@angular/core';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { LIMITS } from '@studio/contracts';

/** By which name a guest is seen. */
@Component({
  selector: 'kss-name-field',
  imports: [MatFormField, MatHint, MatInput, MatLabel],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>Your name</mat-label>
      <input
        matInput
        name="name"
        autocomplete="name"
        [attr.data-testid]="testId()"
        [attr.maxlength]="longest"
        [value]="name()"
        (input)="name.set($any($event.target).value)"
      />
      <mat-hint>This is how the others see you.</mat-hint>
    </mat-form-field>
  `,
  styles: `
    mat-form-field {
      width: 100%;
    }
  `,
})
export class NameField {
  readonly name = model.required<string>();
  readonly testId = input.required<string>();
  protected readonly longest = LIMITS.nameCharacters;
}
