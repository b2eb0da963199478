// Unpacks an LZMA stream without header and end: literals by the upper three bits of the byte before, positions without meaning
// (lc=3, lp=0, pb=0, as in pack.rs). A number of the decoder's table is the chance, in 2048ths, that a bit is 0.
function unpack(packed, length) {
  const out = new Uint8Array(length);
  const table = new Uint16Array(7164).fill(1024);
  const [IS_MATCH, IS_REPEAT, IS_LAST, IS_SECOND, IS_THIRD, IS_ONE_BYTE] = [0, 12, 24, 36, 48, 60];
  const [SLOTS, SHORT_DISTANCES, LOW_BITS, LENGTHS, REPEAT_LENGTHS, LITERALS] = [72, 328, 456, 472, 746, 1020];
  let at = 5;
  let range = 2 ** 32 - 1;
  let code = packed.subarray(1, 5).reduce((sum, byte) => sum * 256 + byte, 0);
  let written = 0;
  let state = 0;
  let distances = [0, 0, 0, 0];

  const refill = () => {
    if (range >= 2 ** 24) return;
    range *= 256;
    code = code * 256 + packed[at++];
  };
  const bit = (place) => {
    const bound = (range >>> 11) * table[place];
    const one = code >= bound;
    if (one) {
      range -= bound;
      code -= bound;
      table[place] -= table[place] >> 5;
    } else {
      range = bound;
      table[place] += (2048 - table[place]) >> 5;
    }
    refill();
    return one ? 1 : 0;
  };
  const evenBits = (count) => {
    let value = 0;
    for (let left = count; left > 0; left--) {
      range = Math.floor(range / 2);
      const one = code >= range;
      if (one) code -= range;
      value = value * 2 + (one ? 1 : 0);
      refill();
    }
    return value;
  };
  const tree = (place, bits) => {
    let node = 1;
    for (let left = bits; left > 0; left--) node = node * 2 + bit(place + node);
    return node - 2 ** bits;
  };
  const treeFromLowest = (place, bits) => {
    let [node, value] = [1, 0];
    for (let number = 0; number < bits; number++) {
      const next = bit(place + node);
      node = node * 2 + next;
      value += next * 2 ** number;
    }
    return value;
  };
  const copied = (place) => {
    if (!bit(place)) return 2 + tree(place + 2, 3);
    if (!bit(place + 1)) return 10 + tree(place + 10, 3);
    return 18 + tree(place + 18, 8);
  };
  const distance = (count) => {
    const slot = tree(SLOTS + Math.min(count - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 + (slot & 1)) * 2 ** bits;
    if (slot < 14) return start + treeFromLowest(SHORT_DISTANCES + start - slot, bits);
    return start + evenBits(bits - 4) * 16 + treeFromLowest(LOW_BITS, 4);
  };
  const literal = () => {
    const place = LITERALS + 0x300 * ((written ? out[written - 1] : 0) >> 5);
    let symbol = 1;
    if (state >= 7) {
      // After a copy the byte that would have followed is a likely guess; its bits are a table of their own until one is wrong.
      let guess = out[written - distances[0] - 1];
      while (symbol < 256) {
        const expected = (guess >> 7) & 1;
        guess <<= 1;
        const next = bit(place + ((1 + expected) << 8) + symbol);
        symbol = symbol * 2 + next;
        if (next !== expected) break;
      }
    }
    while (symbol < 256) symbol = symbol * 2 + bit(place + symbol);
    out[written++] = symbol;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  // How many bytes to copy from the last, or an earlier, distance.
  const repeat = () => {
    if (!bit(IS_LAST + state)) {
      if (!bit(IS_ONE_BYTE + state)) {
        state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      const which = !bit(IS_SECOND + state) ? 1 : !bit(IS_THIRD + state) ? 2 : 3;
      distances = [distances[which], ...distances.filter((_, place) => place !== which)];
    }
    const count = copied(REPEAT_LENGTHS);
    state = state < 7 ? 8 : 11;
    return count;
  };
  const match = () => {
    const count = copied(LENGTHS);
    state = state < 7 ? 7 : 10;
    distances = [distance(count), ...distances.slice(0, 3)];
    return count;
  };

  while (written < length) {
    if (!bit(IS_MATCH + state)) {
      literal();
      continue;
    }
    const count = bit(IS_REPEAT + state) ? repeat() : match();
    for (let left = count; left > 0; left--, written++) out[written] = out[written - distances[0] - 1];
  }
  return out;
}
