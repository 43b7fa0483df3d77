/** Neck, shirt, the red volunteer vest with its heart, and the name badge. */
export const BODY = `
  <path class="shirt" d="M 350 500 C 330 512, 300 522, 262 540 L 262 700 L 538 700 L 538 540
    C 500 522, 470 512, 450 500 Z"/>
  <path class="neck" d="M 352 420 L 352 516 C 360 566, 388 596, 400 604 C 412 596, 440 566, 448 516 L 448 420 Z"/>
  <path class="neck-shade" d="M 352 436 L 448 436 L 448 464 C 430 506, 370 506, 352 464 Z"/>
  <path class="vest" d="M 326 512 L 262 540 C 272 610, 258 668, 226 712 C 218 820, 216 940, 216 1080 L 584 1080
    C 584 940, 582 820, 574 712 C 542 668, 528 610, 538 540 L 474 512 C 462 586, 430 640, 400 664
    C 370 640, 338 586, 326 512 Z"/>
  <path class="vest-shade" d="M 226 712 C 218 820, 216 940, 216 1080 L 262 1080 C 250 940, 250 800, 252 664
    C 246 684, 238 698, 226 712 Z"/>
  <path class="vest-shade" d="M 574 712 C 582 820, 584 940, 584 1080 L 538 1080 C 550 940, 550 800, 548 664
    C 554 684, 562 698, 574 712 Z"/>
  <path class="vest-trim" d="M 326 512 C 338 586, 370 640, 400 664 C 430 640, 462 586, 474 512"/>
  <path class="vest-trim thin" d="M 262 540 C 272 610, 258 668, 226 712 M 538 540 C 528 610, 542 668, 574 712"/>
  <path class="vest-zip" d="M 400 666 L 400 1080"/>
  <path class="collar" d="M 352 500 L 330 520 C 338 556, 352 584, 368 602 L 400 604 C 376 578, 358 540, 352 500 Z"/>
  <path class="collar" d="M 448 500 L 470 520 C 462 556, 448 584, 432 602 L 400 604 C 424 578, 442 540, 448 500 Z"/>
  <g class="vest-heart" transform="translate(481 636) scale(.76)">
    <path class="heart" d="M 0 30 C -40 4, -32 -28, -12 -26 C -4 -25, 0 -18, 0 -14 C 0 -18, 4 -25, 12 -26
      C 32 -28, 40 4, 0 30 Z"/>
    <path class="heart-hand" d="M -14 0 C -6 10, 6 10, 14 0"/>
  </g>
  <text class="vest-text" x="481" y="690" data-label="cause"></text>
  <text class="vest-text" x="481" y="725" data-label="vest"></text>
  <g transform="translate(272 668)">
    <rect class="badge" x="0" y="0" width="98" height="50" rx="9"/>
    <rect class="badge-band" x="0" y="0" width="98" height="12" rx="6"/>
    <text class="badge-text" x="49" y="41" data-label="badge"></text>
  </g>`;
