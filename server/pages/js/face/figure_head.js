/**
 * The head: hair behind, face, eyes, brows, mouth, hair in front. The mouth is drawn around (0, 0) at (400, 402).
 *
 * The far eye is the near one mirrored; only the light in it, which comes from one window, falls from the same side.
 */
const eye = (x, side, light) => `
  <g class="eye" data-side="${side}" transform="translate(${x} 306)">
    <g class="eye-open">
      <clipPath id="ID-eye-${side}"><path d="M -29 5 C -21 -18, 15 -22, 29 2 C 21 19, -17 20, -29 5 Z"/></clipPath>
      <path class="eye-white" d="M -29 5 C -21 -18, 15 -22, 29 2 C 21 19, -17 20, -29 5 Z"/>
      <g clip-path="url(#ID-eye-${side})">
        <g class="iris">
          <circle class="iris-ring" cx="0" cy="-1" r="17.5"/>
          <circle class="iris-light" cx="0" cy="4" r="11"/>
          <circle class="pupil" cx="0" cy="-1" r="8"/>
          <circle class="glint" cx="${5 * light}" cy="-6" r="4.2"/>
          <circle class="glint soft" cx="${-5 * light}" cy="6" r="2.4"/>
        </g>
        <path class="eye-shadow" d="M -31 4 C -22 -20, 15 -24, 31 1 L 31 -3 C 14 -14, -18 -14, -31 8 Z"/>
      </g>
      <path class="lid" d="M -22 14 C -10 19, 12 18, 23 11"/>
      <path class="lash" d="M -33 6 C -24 -18, 14 -24, 31 1 C 13 -17, -19 -13, -29 9 Z"/>
      <path class="crease" d="M -26 -13 C -14 -27, 14 -28, 28 -11"/>
    </g>
    <path class="eye-closed" d="M -29 3 C -18 15, 16 15, 29 1"/>
    <path class="eye-smile" d="M -28 8 C -18 -13, 16 -14, 28 6"/>
  </g>`;

export const HAIR_BACK = `
  <path class="hair-dark" d="M 252 300 C 244 190, 306 112, 402 110 C 500 110, 558 188, 548 300
    C 552 352, 552 396, 530 428 C 512 452, 476 450, 456 428 L 344 428 C 324 450, 288 452, 270 428
    C 248 396, 248 352, 252 300 Z"/>`;

export const HEAD = `
  <radialGradient id="ID-blush"><stop class="blush" offset=".1"/><stop class="blush faded" offset="1"/></radialGradient>
  <path class="face-skin" data-part="jaw" d=""/>
  <path class="face-shade" d="M 288 340 C 286 300, 300 252, 336 240 C 384 224, 440 204, 452 156 C 462 206, 498 240, 512 330
    L 514 250 L 452 150 L 300 200 L 280 280 Z"/>
  <ellipse fill="url(#ID-blush)" cx="328" cy="364" rx="34" ry="24"/>
  <ellipse fill="url(#ID-blush)" cx="472" cy="364" rx="34" ry="24"/>
  ${eye(350, 'near', 1)}${eye(450, 'far', -1).replace('translate(450 306)', 'translate(450 306) scale(-1 1)')}
  <path class="brow" data-side="near" d="M 315 267 C 329 250, 356 246, 379 256 C 380 260, 379 262, 376 262 C 354 255, 333 257, 318 269 Z"/>
  <path class="brow" data-side="far" d="M 485 267 C 471 250, 444 246, 421 256 C 420 260, 421 262, 424 262 C 446 255, 467 257, 482 269 Z"/>
  <path class="nose" d="M 396 330 C 393 344, 388 354, 393 358 C 397 362, 405 361, 410 357"/>
  <g transform="translate(400 402)">
    <clipPath id="ID-mouth"><path data-part="inside" d=""/></clipPath>
    <path class="lips" data-part="lips" d=""/>
    <path class="mouth-inside" data-part="inside" d=""/>
    <g clip-path="url(#ID-mouth)">
      <ellipse class="tongue" data-part="tongue" cx="0" cy="40" rx="20" ry="15"/>
      <rect class="teeth" data-part="teeth-upper" x="-36" y="-20" width="72" height="16" rx="5"/>
      <rect class="teeth lower" data-part="teeth-lower" x="-36" y="40" width="72" height="16" rx="5"/>
    </g>
    <path class="mouth-line" data-part="inside" d=""/>
    <path class="chin" d="M -17 32 C -8 37, 8 37, 17 32" data-part="chin"/>
  </g>
  <path class="smile-line" d="M 350 386 C 346 393, 346 400, 350 406 M 450 386 C 454 393, 454 400, 450 406"/>
  <path class="hair" d="M 452 150 C 436 192, 372 214, 330 232 C 304 246, 294 282, 290 318 C 288 350, 292 376, 304 402
    C 310 424, 290 438, 272 430 C 246 400, 246 346, 252 292 C 254 184, 320 108, 404 106
    C 488 106, 552 176, 550 284 C 555 346, 554 400, 528 430 C 510 438, 490 424, 496 402 C 508 376, 512 350, 510 318
    C 506 276, 492 240, 474 214 C 464 198, 456 176, 452 150 Z"/>
  <path class="hair-light" d="M 300 214 C 318 162, 366 132, 420 134 C 376 144, 334 172, 314 216 Z"/>
  <path class="hair-light" d="M 492 190 C 516 216, 528 252, 528 288 C 516 254, 504 220, 484 196 Z"/>
  <path class="hair-strand" d="M 448 152 C 414 190, 350 200, 312 236 M 456 164 C 466 196, 486 220, 498 256
    M 272 300 C 267 340, 268 380, 282 418 M 528 300 C 533 340, 532 380, 518 418"/>
  <g data-costume="role">
    <path class="headset-band" d="M 250 296 C 250 172, 316 98, 402 98 C 490 98, 554 172, 552 296"/>
    <path class="headset-arm" d="M 262 342 C 268 410, 318 436, 352 424"/>
    <rect class="headset-mic" x="338" y="412" width="34" height="20" rx="10"/>
    <rect class="headset-ear" x="236" y="272" width="42" height="82" rx="19"/>
    <rect class="headset-ear" x="522" y="272" width="42" height="82" rx="19"/>
  </g>`;
