/**
 * One arm of the figure, hanging straight down from the shoulder at (240, 592) on the viewer's left.
 *
 * The upper half lies behind the vest and the lower half in front of everything, so they are two groups that turn
 * together. The hand lies at the wrist (240, 968) and points down; each of its shapes is a group of its own.
 */

const FINGERS = [
  'M 222 1012 L 214 1056', 'M 234 1016 L 231 1070', 'M 247 1016 L 249 1068', 'M 259 1010 L 265 1050',
].map((d) => `<path d="${d}"/>`).join('');

/** The same fingers held together, as in a hand that says stop. */
const CLOSED = [
  'M 220 1012 L 218 1058', 'M 234 1016 L 233.5 1072', 'M 248 1016 L 249 1070', 'M 261 1012 L 264 1054',
].map((d) => `<path d="${d}"/>`).join('');

const HANDS = `
  <g data-hand="rest">
    <path class="skin" d="M 214 962 C 206 990, 208 1020, 218 1046 C 224 1064, 232 1074, 242 1074
      C 254 1074, 262 1062, 266 1044 C 272 1018, 274 990, 266 962 Z"/>
    <path class="skin" d="M 262 972 C 280 984, 290 1004, 286 1024 C 282 1034, 270 1030, 266 1020 L 258 1000 Z"/>
    <path class="skin-line" d="M 229 1030 L 231 1064 M 241 1032 L 242 1070 M 253 1030 L 253 1062 M 263 1002 L 267 1021"/>
  </g>
  <g data-hand="open">
    <g class="finger-edge">${FINGERS}<path d="M 222 992 L 192 1024"/></g>
    <path class="skin" d="M 216 962 C 206 984, 206 1006, 214 1024 C 230 1034, 252 1034, 266 1022
      C 274 1004, 274 984, 264 962 Z"/>
    <g class="finger">${FINGERS}<path d="M 224 990 L 193 1023"/></g>
    <path class="skin-line" d="M 219 998 C 230 990, 236 982, 236 970 M 222 1014 C 236 1004, 250 1004, 262 1010"/>
  </g>
  <g data-hand="stop" transform="translate(240 968) scale(1.15) translate(-240 -968)">
    <g class="finger-edge">${CLOSED}<path d="M 218 992 L 193 1030"/></g>
    <g class="finger wide">${CLOSED}</g>
    <path class="skin" d="M 214 958 C 204 984, 204 1008, 211 1022 C 222 1030, 258 1030, 271 1020
      C 277 1004, 276 984, 266 958 Z"/>
    <path class="skin-fill" d="M 214 1008 L 268 1008 L 266 1036 L 215 1036 Z"/>
    <g class="finger"><path d="M 222 989 L 194 1029"/></g>
    <path class="skin-line" d="M 217 996 C 230 992, 238 984, 240 968 M 220 1020 C 236 1010, 252 1010, 264 1016
      M 227.5 1040 L 226.5 1062 M 241 1038 L 241 1066 M 254 1038 L 255.5 1060"/>
  </g>
  <g data-hand="point">
    <g class="finger-edge"><path d="M 226 1004 L 222 1062"/></g>
    <path class="skin" d="M 214 962 C 204 984, 204 1012, 216 1026 C 232 1038, 256 1036, 268 1022
      C 276 1004, 274 984, 266 962 Z"/>
    <g class="finger"><path d="M 226 1004 L 222 1062"/></g>
    <path class="skin-line" d="M 242 1030 L 242 1008 M 256 1026 L 256 1006 M 214 996 C 224 1000, 236 998, 244 990"/>
  </g>
  <g data-hand="thumb">
    <g class="thumb-edge"><path d="M 232 1006 L 226 1060"/></g>
    <path class="skin" d="M 212 964 C 202 980, 202 1012, 212 1024 C 230 1034, 256 1034, 272 1022
      C 280 1008, 280 980, 268 964 Z"/>
    <g class="thumb"><path d="M 232 1006 L 226 1060"/></g>
    <path class="skin-line" d="M 240 978 L 276 978 M 240 993 L 279 993 M 242 1008 L 278 1008"/>
  </g>
  <g data-hand="sign">
    <rect class="sign-stick" x="234" y="950" width="12" height="120" rx="6"/>
    <g transform="rotate(180 240 1104)">
      <rect class="sign-edge" x="150" y="1048" width="180" height="112" rx="18"/>
      <rect class="sign-board" x="159" y="1057" width="162" height="94" rx="11"/>
      <text class="sign-text" x="240" y="1125" data-label="sign"></text>
    </g>
    <path class="skin" d="M 210 966 C 202 984, 204 1012, 214 1022 C 230 1032, 254 1032, 268 1020
      C 276 1004, 274 984, 268 966 Z"/>
    <path class="skin-line" d="M 212 982 L 250 982 M 209 996 L 250 996 M 212 1010 L 248 1010"/>
  </g>`;

export const ARM_UPPER = `
  <g class="upper">
    <g class="upper-length">
      <path class="shirt" d="M 192 594 C 192 528, 286 528, 288 594 C 287 650, 277 730, 273 782
        C 270 808, 210 808, 207 782 C 202 720, 193 660, 192 594 Z"/>
      <path class="shirt-shade" d="M 264 610 C 268 660, 262 730, 256 798 C 266 796, 272 792, 273 782 C 277 730, 287 650, 288 594 Z"/>
    </g>
  </g>`;

export const ARM_FORE = `
  <g class="upper">
    <g class="fore">
      <g class="fore-length">
        <path class="shirt" d="M 208 776 C 208 748, 272 748, 273 778 C 274 840, 268 890, 264 934
          L 216 934 C 212 890, 206 840, 208 776 Z"/>
        <path class="shirt-shade" d="M 256 772 C 260 830, 254 890, 250 934 L 264 934 C 268 890, 274 840, 273 778 Z"/>
        <path class="skin" d="M 218 930 L 262 930 L 264 972 C 256 980, 224 980, 216 972 Z"/>
        <rect class="cuff" x="211" y="912" width="58" height="30" rx="9"/>
      </g>
      <g class="hand">${HANDS}</g>
    </g>
  </g>`;
