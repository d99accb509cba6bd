#include "exchange/ExportWalk.h"

#include "base/Bytes.h"
#include "secrets/EntryMask.h"
#include "wire/Utf8Validator.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
/// Entries looked at between two looks at the cancel token: a query may match none of millions.
constexpr qint64 Step = 8192;
constexpr qint64 ReportMs = 50;
} // namespace

ExportWalk::ExportWalk(const CaptureReader &capture, const ExportOptions &options, const CancelToken &cancel,
                       const ExportProgress &progress)
    : m_capture(capture)
    , m_options(options)
    , m_cancel(cancel)
    , m_progress(progress)
{
    m_sinceReport.start();
}

Error ExportWalk::cancelled()
{
    return Error{QCoreApplication::translate("Exporter", "The export was cancelled.")};
}

Result<EntryId> ExportWalk::lastEntry()
{
    if (m_knowsLast)
        return m_last;
    auto last = m_capture.lastEntry();
    if (last) {
        m_last = last.value();
        m_knowsLast = true;
    }
    return last;
}

Result<> ExportWalk::all(const Visit &visit)
{
    auto last = lastEntry();
    if (!last)
        return last.error();
    return range(EntryId(1), last.value(), visit);
}

Result<> ExportWalk::range(EntryId first, EntryId last, const Visit &visit)
{
    if (auto known = lastEntry(); !known)
        return known.error();
    if (auto read = readAnnotations(); !read)
        return read;
    if (isCancelled())
        return cancelled();
    for (EntryId from = first; from <= last;) {
        const EntryId to = std::min(from + (Step - 1), last);
        Result<> visited;
        bool isEmpty = true;
        const auto read = m_capture.scanner().forEach(from, to, m_options.query, [&](const Entry &entry) {
            isEmpty = false;
            visited = visit(entry);
            report(entry.id, false);
            if (visited && isCancelled())
                visited = cancelled();
            return visited.ok();
        });
        if (!visited)
            return visited;
        if (!read)
            return read;
        if (isCancelled())
            return cancelled();
        report(to, to == m_last);
        from = to + 1;
        // On to where there are entries again: a file from elsewhere may claim ids that no walk by steps gets to.
        if (isEmpty && from <= last) {
            const auto next = m_capture.entries(from, 1);
            if (!next)
                return next.error();
            from = next->isEmpty() ? last + 1 : next->constFirst().id;
        }
    }
    return {};
}

/// All of them: people made each.
Result<> ExportWalk::readAnnotations()
{
    if (m_annotations)
        return {};
    auto read = m_capture.annotations();
    if (!read)
        return read.error();
    m_annotations = std::move(read).value();
    if (!keepSecrets()) {
        for (Annotation &annotation : *m_annotations)
            annotation.note = maskSecretsInText(annotation.note);
    }
    return {};
}

const Annotation *ExportWalk::annotation(EntryId id) const
{
    if (!m_annotations)
        return nullptr;
    const auto found = m_annotations->constFind(id);
    return found == m_annotations->cend() ? nullptr : &*found;
}

void ExportWalk::report(EntryId done, bool always)
{
    if (!m_progress || (!always && m_sinceReport.elapsed() < ReportMs))
        return;
    m_progress(done.value(), m_last.value());
    m_sinceReport.restart();
}

QByteArray ExportWalk::closeBody(const Entry &entry) const
{
    if (keepSecrets())
        return entry.head;
    SecretMasker masker;
    return maskedCloseBody(masker, entry.head);
}

Result<> PayloadParts::readFirst()
{
    if (m_hasFirst)
        return {};
    const bool isEvent = m_entry.kind == EntryKind::Event;
    if (m_entry.isWhole()) {
        m_first = m_entry.head;
    } else {
        auto bytes = m_walk.capture().payload(m_entry.id, 0, isEvent ? -1 : PartSize);
        if (!bytes)
            return bytes.error();
        m_first = std::move(bytes).value();
    }
    if (isEvent && !m_walk.keepSecrets())
        m_first = maskSecretsInText(QString::fromUtf8(m_first)).toUtf8();
    m_stored = m_first.size();
    if (m_entry.kind == EntryKind::Close && !m_walk.keepSecrets()) {
        SecretMasker masker;
        m_first = maskedCloseBody(masker, m_first);
    }
    m_hasFirst = true;
    return {};
}

bool PayloadParts::isMasked() const
{
    return m_walk.maskPayloads() && (m_entry.kind == EntryKind::Text || m_entry.kind == EntryKind::Binary);
}

Result<> PayloadParts::forEach(const Visit &visit)
{
    return isMasked() ? forEachMasked(visit) : forEachStored(visit);
}

Result<> PayloadParts::forEachMasked(const Visit &visit)
{
    PayloadMask mask;
    qint64 read = 0;
    QByteArray ready;
    auto walked = forEachStored([&](QByteArrayView bytes) {
        read += bytes.size();
        ready += mask.feed(bytes.toByteArray(), read >= m_entry.size);
        // Parts that can be written in base64 one after the other.
        const QByteArray part = ready.first(ready.size() - ready.size() % 3);
        ready.remove(0, part.size());
        return part.isEmpty() ? Result<>() : visit(part);
    });
    m_maskedValues = mask.count();
    return walked && !ready.isEmpty() ? visit(ready) : walked;
}

Result<> PayloadParts::forEachStored(const Visit &visit)
{
    if (auto read = readFirst(); !read)
        return read;
    if (m_first.isEmpty())
        return {};
    if (auto visited = visit(m_first); !visited)
        return visited;
    const bool hasMore = m_entry.kind != EntryKind::Event && m_stored < m_entry.size;
    for (qint64 offset = m_stored; hasMore && offset < m_entry.size; offset += PartSize) {
        if (m_walk.isCancelled())
            return ExportWalk::cancelled();
        auto bytes = m_walk.capture().payload(m_entry.id, offset, PartSize);
        if (!bytes)
            return bytes.error();
        if (auto visited = visit(bytes.value()); !visited)
            return visited;
    }
    return {};
}

Result<> PayloadParts::forEachText(const Visit &visit)
{
    QByteArray held;
    return forEach([&held, &visit](QByteArrayView bytes) {
        if (held.isEmpty() && unfinishedBytes(bytes) == 0)
            return visit(bytes);
        QByteArray text = std::exchange(held, QByteArray());
        text.append(bytes);
        const qsizetype whole = text.size() - unfinishedBytes(text);
        held = text.sliced(whole);
        return visit(QByteArrayView(text).first(whole));
    });
}

Result<bool> PayloadParts::isUtf8()
{
    Utf8Validator validator;
    const auto fed = forEach([&validator](QByteArrayView bytes) {
        validator.feed(bytes);
        return Result<>();
    });
    if (!fed)
        return fed.error();
    return validator.isComplete();
}

} // namespace sockeye
