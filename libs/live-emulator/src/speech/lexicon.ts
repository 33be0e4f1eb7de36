import type { Phoneme } from './phonemes.ts';
import { isPhoneme } from './phonemes.ts';

/** Words whose sound the letter rules miss; `'` stands before the stressed vowel, function words have none. */
const WORDS = `
a AX
an AE N
and AE N D
any 'EH N IY
answer 'AE N S ER
are AA R
as AE Z
at AE T
audio 'AO D IY OW
be B IY
been B IH N
ben B 'EH N
budget B 'AH JH IH T
but B AH T
by B AY
can K AE N
camera K 'AE M R AX
come K 'AH M
conversation K AA N V ER S 'EY SH AX N
could K UH D
decibels D 'EH S IH B EH L Z
design D IH Z 'AY N
do D UW
does D AH Z
dollars D 'AA L ER Z
earlier 'ER L IY ER
eight 'EY T
eleven IH L 'EH V AX N
emulator 'EH M Y AX L EY T ER
everybody 'EH V R IY B AA D IY
everyone 'EH V R IY W AH N
everything 'EH V R IY TH IH NG
fifteen F IH F T 'IY N
first F 'ER S T
five F 'AY V
for F AO R
forty F 'AO R T IY
four F 'AO R
from F R AH M
gemini JH 'EH M IH N AY
go G 'OW
good G 'UH D
goodbye G UH D B 'AY
had HH AE D
has HH AE Z
have HH AE V
he HH IY
heard HH 'ER D
hear HH 'IY R
hello HH AX L 'OW
her HH ER
here HH 'IY R
him HH IH M
his HH IH Z
hundred HH 'AH N D R AX D
i AY
idea AY D 'IY AX
if IH F
image 'IH M IH JH
important IH M P 'AO R T AX N T
in IH N
is IH Z
it IH T
its IH T S
just JH AH S T
know N 'OW
last L 'AE S T
laugh L 'AE F
like L 'AY K
listen L 'IH S AX N
listening L 'IH S AX N IH NG
live L 'AY V
machine M AX SH 'IY N
main M 'EY N
make M 'EY K
many M 'EH N IY
me M IY
medium M 'IY D IY AX M
meeting M 'IY T IH NG
message M 'EH S IH JH
messages M 'EH S IH JH IH Z
minute M 'IH N IH T
minutes M 'IH N IH T S
money M 'AH N IY
moment M 'OW M AX N T
monday M 'AH N D EY
my M AY
nobody N 'OW B AA D IY
nothing N 'AH TH IH NG
november N OW V 'EH M B ER
of AX V
offline 'AO F L AY N
on AA N
one W 'AH N
or AO R
other 'AH DH ER
our AW ER
people P 'IY P AX L
percent P ER S 'EH N T
person P 'ER S AX N
picture P 'IH K CH ER
pictures P 'IH K CH ER Z
pixels P 'IH K S AX L Z
please P L 'IY Z
project P R 'AA JH EH K T
question K W 'EH S CH AX N
quiet K W 'AY AX T
read R 'IY D
ready R 'EH D IY
reason R 'IY Z AX N
said S 'EH D
says S 'EH Z
schedule S K 'EH JH UW L
second S 'EH K AX N D
seconds S 'EH K AX N D Z
september S EH P T 'EH M B ER
seven S 'EH V AX N
seventy S 'EH V AX N T IY
she SH IY
should SH UH D
silent S 'AY L AX N T
since S 'IH N S
six S 'IH K S
so S OW
some S AH M
somebody S 'AH M B AA D IY
something S 'AH M TH IH NG
speak S P 'IY K
speech S P 'IY CH
sunday S 'AH N D EY
talk T 'AO K
ten T 'EH N
than DH AE N
thank TH 'AE NG K
thanks TH 'AE NG K S
that DH AE T
the DH AX
their DH EH R
them DH EH M
then DH 'EH N
there DH 'EH R
these DH 'IY Z
they DH EY
thing TH 'IH NG
think TH 'IH NG K
thirteen TH ER T 'IY N
thirty TH 'ER T IY
this DH IH S
those DH 'OW Z
thousand TH 'AW Z AX N D
three TH R 'IY
through TH R UW
thursday TH 'ER Z D EY
to T UW
today T AX D 'EY
together T AX G 'EH DH ER
tomorrow T AX M 'AA R OW
too T 'UW
tuesday T 'UW Z D EY
twelve T W 'EH L V
twenty T W 'EH N T IY
two T 'UW
understand AH N D ER S T 'AE N D
us AH S
use Y 'UW Z
user Y 'UW Z ER
very V 'EH R IY
video V 'IH D IY OW
voice V 'OY S
want W 'AA N T
was W AA Z
we W IY
wednesday W 'EH N Z D EY
week W 'IY K
welcome W 'EH L K AX M
were W ER
what W 'AH T
who HH 'UW
whose HH 'UW Z
will W IH L
with W IH DH
word W 'ER D
words W 'ER D Z
work W 'ER K
would W UH D
write R 'AY T
written R 'IH T AX N
wrote R 'OW T
yes Y 'EH S
yet Y 'EH T
you Y UW
your Y AO R
zero Z 'IY R OW
`;

/** A sound in a word. */
export interface Phone {
  readonly phoneme: Phoneme;
  readonly stressed: boolean;
}

const LEXICON: ReadonlyMap<string, readonly Phone[]> = new Map(
  WORDS.split('\n').map((line): [string, Phone[]] => {
    const [word = '', ...sounds] = line.trim().split(/\s+/);
    return [word, sounds.flatMap(readPhone)];
  }),
);

export function lookUp(word: string): readonly Phone[] | undefined {
  return LEXICON.get(word);
}

function readPhone(sound: string): Phone[] {
  const symbol = sound.replace(/^'/, '');
  return isPhoneme(symbol) ? [{ phoneme: symbol, stressed: symbol !== sound }] : [];
}
