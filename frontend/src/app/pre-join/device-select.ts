import { Component, computed, input, model } from '@angular/core';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatOption, MatSelect } from '@angular/material/select';

/** Chooses one of the devices of a kind; the empty id is the browser's own choice. */
@Component({
  selector: 'kss-device-select',
  imports: [MatFormField, MatLabel, MatOption, MatSelect],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ label() }}</mat-label>
      <mat-select [value]="known()" [disabled]="devices().length === 0" (valueChange)="chosen.set($event)">
        <mat-option value="">{{ devices().length === 0 ? 'None found yet' : 'System default' }}</mat-option>
        @for (device of devices(); track device.deviceId) {
          <mat-option [value]="device.deviceId">{{ device.label }}</mat-option>
        }
      </mat-select>
    </mat-form-field>
  `,
  styles: `
    mat-form-field {
      width: 100%;
    }
  `,
})
export class DeviceSelect {
  readonly label = input.required<string>();
  readonly devices = input.required<readonly MediaDeviceInfo[]>();
  readonly chosen = model.required<string>();
  /** A remembered device may not be connected now. */
  protected readonly known = computed(() =>
    this.devices().some(({ deviceId }) => deviceId === this.chosen()) ? this.chosen() : '',
  );
}
