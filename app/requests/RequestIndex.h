#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "requests/RequestTable.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace sockeye {

class CaptureReader;
class FieldPath;
class FormatSet;
class MessageWalk;
struct WalkedMessage;

/// What is known of a capture's requests, for all who show them.
struct RequestReport
{
    std::vector<RequestMethod> methods;
    std::vector<Request> slowest;
    /// The last ones of them.
    std::vector<Request> unanswered;
    static constexpr size_t MaxUnanswered = 1'000;
    qint64 count = 0;
    qint64 unansweredCount = 0;
    bool isCut = false;
    /// All entries up to this one are in it.
    EntryId last;
};

/// The requests of one capture, as these formats say: read once, by whoever needs them first, and shared by the log,
/// the filter and the page of requests. Thread-safe: several may read on at the same time, each with a reader of its
/// own, and take turns.
class RequestIndex final
{
public:
    explicit RequestIndex(std::shared_ptr<const FormatSet> formats);
    ~RequestIndex();
    RequestIndex(const RequestIndex &) = delete;
    RequestIndex &operator=(const RequestIndex &) = delete;

    [[nodiscard]] const std::shared_ptr<const FormatSet> &formats() const { return m_formats; }
    /// What is wrong with the path of ids that the options name; empty if nothing is.
    [[nodiscard]] const QString &problem() const { return m_problem; }

    /// Reads on up to `last`, which the capture has, with a walk over it that may come back. `progress` gets how far
    /// all is known, now and then.
    [[nodiscard]] Result<> readTo(MessageWalk &walk, EntryId last, const CancelToken &cancel,
                                  const std::function<void(EntryId)> &progress = {});
    /// What waits on connections that have ended gets no answer any more. Reads on first, to what came before they
    /// ended. For a capture that goes on.
    [[nodiscard]] Result<> takeEnds(MessageWalk &walk, const CancelToken &cancel);
    /// Up to this entry all is known.
    [[nodiscard]] EntryId last() const;

    // RequestTable's questions; short enough for the window's thread

    [[nodiscard]] std::optional<Nanoseconds> latencyOf(EntryId entry) const;
    [[nodiscard]] EntryId partnerOf(EntryId entry) const;
    [[nodiscard]] bool isRequest(EntryId entry) const;
    /// For a background thread.
    [[nodiscard]] RequestReport report() const;

private:
    void take(const WalkedMessage &message);

    const std::shared_ptr<const FormatSet> m_formats;
    /// Of the user's path, if there is one.
    std::unique_ptr<const FieldPath> m_path;
    QString m_problem;
    /// Held by the one that reads on, for some thousand entries at a time.
    std::mutex m_reading;
    /// Guards what stands below, for moments.
    mutable std::mutex m_mutex;
    RequestTable m_table;
    EntryId m_last;
};

} // namespace sockeye
