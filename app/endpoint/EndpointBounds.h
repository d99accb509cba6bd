#pragma once

#include "wire/Frame.h"

#include <QtGlobal>

#include <chrono>

/// What the numbers of an Endpoint may be: the same for the options' pages, for profiles' files and for the command
/// line, so that what one of them takes the others can read.
namespace sockeye::bounds {

/// Of every timeout, delay and interval.
inline constexpr std::chrono::milliseconds LongestTime = std::chrono::hours(24);
inline constexpr int MostRedirects = 100;
/// A message stands in memory whole.
inline constexpr qint64 LargestMessage = 1024LL * 1024 * 1024;
inline constexpr qint64 LargestHead = 64LL * 1024 * 1024;
inline constexpr int MostHeadLines = 1'000'000;
inline constexpr qsizetype LongestControlPayload = MaxControlPayload;
/// RFC 7692 section 7.1.2.
inline constexpr int SmallestWindowBits = 8;
inline constexpr int LargestWindowBits = 15;
inline constexpr int MostUnansweredPings = 1'000;
inline constexpr int MostAttempts = 1'000'000;
inline constexpr double LargestFactor = 100;

} // namespace sockeye::bounds
