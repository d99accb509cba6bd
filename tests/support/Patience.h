#pragma once

namespace sockeye::test {

/// Milliseconds that a test waits for what takes much less: only a broken program, or a very busy machine, needs them.
inline constexpr int Patience = 20'000;
/// For what takes seconds by itself: browsers, programs that record at full rate.
inline constexpr int LongPatience = 60'000;

} // namespace sockeye::test
