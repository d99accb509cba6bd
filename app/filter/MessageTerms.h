#pragma once

#include "filter/Condition.h"
#include "record/Entry.h"

#include <memory>

namespace sockeye {

class CaptureReader;

namespace filter {

/// An entry as a scan passes it.
struct PassedEntry
{
    EntryId id;
    ConnectionId connection;
    Direction direction = Direction::None;
    EntryKind kind = EntryKind::Text;
    qint64 size = 0;
    /// The payload's first Entry::HeadSize bytes; valid while the entry is passed.
    QByteArrayView head;
};

/// Answers, in one scan of a capture, what a condition asks about what messages say: its FieldIs and MessageIs. Entries
/// come in ascending order. One thread.
class MessageTerms
{
public:
    MessageTerms() = default;
    virtual ~MessageTerms() = default;
    MessageTerms(const MessageTerms &) = delete;
    MessageTerms &operator=(const MessageTerms &) = delete;

    /// `term` counts those of the condition from 0 on, in their order (Condition::messageTerms()).
    [[nodiscard]] virtual bool matches(qsizetype term, const PassedEntry &entry) = 0;
};

/// How messages are decoded whose fields a condition asks for: made by those who know formats (app/fields), and used by
/// those who look for entries. Any thread.
class MessageDecoding
{
public:
    MessageDecoding() = default;
    virtual ~MessageDecoding() = default;
    MessageDecoding(const MessageDecoding &) = delete;
    MessageDecoding &operator=(const MessageDecoding &) = delete;

    /// The capture outlives what is made.
    [[nodiscard]] virtual std::unique_ptr<MessageTerms> over(const CaptureReader &capture,
                                                             const QList<Term> &terms) const = 0;
};

} // namespace filter

} // namespace sockeye
