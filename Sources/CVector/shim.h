// Sixteen bytes compared in one step, which Swift's own SIMD types have no single instruction for: SSE2 is there on every
// x86-64. Other machines take the words of ByteScan.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>

/// Where of 64 bytes a delimiter stands, and where a quote, CR or LF; whether one is NUL, or not ASCII.
struct tandem_block {
  uint64_t delimiters;
  uint64_t others;
  bool has_nul;
  bool has_high;
};

static inline __attribute__((always_inline)) struct tandem_block tandem_block(
    const void *bytes, uint8_t delimiter, uint8_t quote) {
  const __m128i d = _mm_set1_epi8((char)delimiter), q = _mm_set1_epi8((char)quote);
  const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
  __m128i nul = _mm_setzero_si128(), high = _mm_setzero_si128();
  struct tandem_block block = {0, 0, false, false};
  for (int step = 0; step < 4; step++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)bytes + step);
    const __m128i others =
        _mm_or_si128(_mm_cmpeq_epi8(v, q), _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr)));
    block.delimiters |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, d)) << 16 * step;
    block.others |= (uint64_t)(uint32_t)_mm_movemask_epi8(others) << 16 * step;
    nul = _mm_or_si128(nul, _mm_cmpeq_epi8(v, _mm_setzero_si128()));
    high = _mm_or_si128(high, v);
  }
  block.has_nul = _mm_movemask_epi8(nul) != 0;
  block.has_high = _mm_movemask_epi8(high) != 0;
  return block;
}

/// Where of 64 bytes one is.
static inline __attribute__((always_inline)) uint64_t tandem_places(const void *bytes, uint8_t wanted) {
  const __m128i w = _mm_set1_epi8((char)wanted);
  uint64_t places = 0;
  for (int step = 0; step < 4; step++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)bytes + step);
    places |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, w)) << 16 * step;
  }
  return places;
}
#endif
