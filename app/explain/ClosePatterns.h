#pragma once

#include "record/ConnectionRecord.h"

#include <QStringList>

namespace sockeye {

/// What the ends of a capture's connections have in common, in sentences: "All 4 connections that the peer closed with
/// 1001 (going away) ended 60.0 s (59.9 s to 60.1 s) after the last frame." Of those that the peer or the network
/// ended, each close code by itself; what we ended ourselves says nothing about the peer. Empty for fewer than three,
/// or where nothing repeats.
///
/// Looked for: the time since the last frame (either way, received, sent), the time since the connection opened, and
/// the close code.
[[nodiscard]] QStringList closePatterns(const QList<ConnectionRecord> &connections);

} // namespace sockeye
