#pragma once

#include "exchange/Exporter.h"

#include <QElapsedTimer>

#include <functional>
#include <optional>

namespace sockeye {

/// Walks over a capture's entries for an exporter: within the query, stopping soon when cancelled, telling its
/// progress.
class ExportWalk final
{
public:
    using Visit = std::function<Result<>(const Entry &)>;

    ExportWalk(const CaptureReader &capture, const ExportOptions &options, const CancelToken &cancel,
               const ExportProgress &progress);
    ExportWalk(const ExportWalk &) = delete;
    ExportWalk &operator=(const ExportWalk &) = delete;

    /// Every entry that there was when the walk began.
    [[nodiscard]] Result<> all(const Visit &visit);
    /// Likewise from `first` to `last`; the progress is in ids, so ranges are best walked in order.
    [[nodiscard]] Result<> range(EntryId first, EntryId last, const Visit &visit);
    [[nodiscard]] Result<EntryId> lastEntry();

    [[nodiscard]] const CaptureReader &capture() const { return m_capture; }
    [[nodiscard]] bool keepSecrets() const { return m_options.keepSecrets; }
    [[nodiscard]] bool maskPayloads() const { return m_options.maskPayloads; }
    /// What somebody put on the entry, without secrets in the note unless these are to be kept; null for nothing. Known
    /// while entries are visited.
    [[nodiscard]] const Annotation *annotation(EntryId id) const;
    /// The code and reason of a close, without the secrets in the reason unless these are to be kept.
    [[nodiscard]] QByteArray closeBody(const Entry &entry) const;
    [[nodiscard]] bool isCancelled() const { return m_cancel.isCancelled(); }
    /// What a cancelled export returns.
    [[nodiscard]] static Error cancelled();

private:
    [[nodiscard]] Result<> readAnnotations();
    void report(EntryId done, bool always);

    const CaptureReader &m_capture;
    const ExportOptions &m_options;
    const CancelToken &m_cancel;
    const ExportProgress &m_progress;
    EntryId m_last;
    bool m_knowsLast = false;
    std::optional<AnnotationMap> m_annotations;
    QElapsedTimer m_sinceReport;
};

/// An entry's payload, read in parts: a message may be larger than what should be in memory at once. Events and closes
/// come with their secrets masked, unless these are to be kept, and messages if that is wanted.
class PayloadParts final
{
public:
    /// A multiple of 3, so that parts can be written in base64 one after the other.
    static constexpr qint64 PartSize = 3LL * 256 * 1024;
    using Visit = std::function<Result<>(QByteArrayView)>;

    PayloadParts(const ExportWalk &walk, const Entry &entry)
        : m_walk(walk)
        , m_entry(entry)
    {
    }

    /// Calls `visit` with one part after the other; not at all for an empty payload.
    [[nodiscard]] Result<> forEach(const Visit &visit);
    /// Likewise for a payload in UTF-8: no part ends within a character.
    [[nodiscard]] Result<> forEachText(const Visit &visit);
    [[nodiscard]] Result<bool> isUtf8();

    /// Values that were masked in the payload of a message when it was last walked.
    [[nodiscard]] qint64 maskedValues() const { return m_maskedValues; }

private:
    [[nodiscard]] Result<> readFirst();
    [[nodiscard]] Result<> forEachStored(const Visit &visit);
    [[nodiscard]] Result<> forEachMasked(const Visit &visit);
    [[nodiscard]] bool isMasked() const;

    const ExportWalk &m_walk;
    const Entry &m_entry;
    /// Most payloads are one part; it is looked at twice and read once.
    QByteArray m_first;
    /// Its bytes before anything was masked.
    qint64 m_stored = 0;
    bool m_hasFirst = false;
    qint64 m_maskedValues = 0;
};

} // namespace sockeye
