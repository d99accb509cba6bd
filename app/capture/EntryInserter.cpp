#include "capture/EntryInserter.h"

#include "capture/AnnotationRow.h"
#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "capture/ProxyStepRow.h"

#include <algorithm>

namespace sockeye {

namespace {

qint64 flagsOf(const NewEntry &entry)
{
    return (entry.compressed ? CaptureSchema::Compressed : 0) | (entry.complete ? 0 : CaptureSchema::Incomplete);
}

qint64 severityOf(const Findings &findings)
{
    qint64 severity = 0;
    for (const Finding &finding : findings)
        severity = std::max(severity, qint64(finding.severity));
    return severity;
}

constexpr int ColumnCount = 15;

QByteArray entrySql(size_t rows)
{
    const QByteArray row = '(' + QByteArrayList(ColumnCount, "?").join(", ") + ')';
    return "INSERT INTO entry(id, connection, time_ns, direction, kind, event, flags, size, wire_size, frame_count, "
           "finding_count, severity, latency_ns, header, head) VALUES " +
           QByteArrayList(static_cast<qsizetype>(rows), row).join(", ");
}

/// Binds an entry's row to the parameters that follow `before`.
void bindRow(SqliteStatement &insert, int before, qint64 id, const NewEntry &entry)
{
    const auto at = [before](int column) { return before + column; };
    insert.bindNumber(at(1), id);
    insert.bindNumber(at(2), entry.connection.value());
    insert.bindNumber(at(3), toNs(entry.time));
    insert.bindNumber(at(4), qint64(entry.direction));
    insert.bindNumber(at(5), qint64(entry.kind));
    insert.bindNumber(at(6), qint64(entry.event));
    insert.bindNumber(at(7), flagsOf(entry));
    insert.bindNumber(at(8), entry.payload.size());
    insert.bindNumber(at(9), entry.wireSize);
    insert.bindNumber(at(10), entry.frames.size());
    insert.bindNumber(at(11), entry.findings.size());
    insert.bindNumber(at(12), severityOf(entry.findings));
    if (entry.latency.count() >= 0)
        insert.bindNumber(at(13), entry.latency.count());
    else
        insert.bindNull(at(13));
    if (entry.frames.size() == 1)
        insert.bindBlob(at(14), entry.frames.front().view());
    else
        insert.bindNull(at(14));
    insert.bindBlob(at(15), QByteArrayView(entry.payload).first(std::min(entry.payload.size(), Entry::HeadSize)));
}

} // namespace

Result<EntryInserter> EntryInserter::create(const SqliteDatabase &database)
{
    EntryInserter inserter;
    const std::pair<SqliteStatement *, QByteArray> statements[] = {
        {&inserter.m_begin, "BEGIN IMMEDIATE"},
        {&inserter.m_commit, "COMMIT"},
        {&inserter.m_entry, entrySql(1)},
        {&inserter.m_entries, entrySql(RowsAtOnce)},
        {&inserter.m_frame, "INSERT INTO frame(entry, seq, header) VALUES (?, ?, ?)"},
        {&inserter.m_payload, "INSERT INTO payload(id, data) VALUES (?, ?)"},
        {&inserter.m_finding, "INSERT INTO finding(entry, seq, severity, rule, section, text, byte_offset, fail_with) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
        {&inserter.m_connection, ConnectionRow::insertSql()},
        {&inserter.m_proxyStep, ProxyStepRow::insertSql()},
        {&inserter.m_bucket, SecondSums::insertSql()},
        {&inserter.m_annotation, AnnotationRow::replaceSql()},
        {&inserter.m_noAnnotation, AnnotationRow::removeSql()},
    };
    for (const auto &[statement, sql] : statements) {
        Result<SqliteStatement> prepared = database.prepare(sql, true);
        if (!prepared)
            return prepared.error();
        *statement = std::move(prepared).value();
    }
    return inserter;
}

Result<> EntryInserter::commit()
{
    if (Result<> written = m_sums.write(m_bucket); !written)
        return written;
    return m_commit.run();
}

Result<> EntryInserter::insert(EntryId id, const NewEntry &entry)
{
    m_sums.add(id, entry);
    bindRow(m_entry, 0, id.value(), entry);
    if (Result<> done = m_entry.run(); !done)
        return done;
    if (entry.payload.size() > Entry::HeadSize) {
        if (Result<> done = insertPayload(id, entry.payload); !done)
            return done;
    }
    if (entry.frames.size() > 1) {
        if (Result<> done = insertFrames(id, entry.frames); !done)
            return done;
    }
    return entry.findings.isEmpty() ? Result<>() : insertFindings(id, entry.findings);
}

Result<> EntryInserter::put(const ConnectionRecord &record)
{
    if (Result<> written = ConnectionRow::write(m_connection, record); !written)
        return written;
    return ProxyStepRow::write(m_proxyStep, record);
}

Result<> EntryInserter::annotate(const AnnotationMap &annotations)
{
    return AnnotationRow::write(m_annotation, m_noAnnotation, annotations);
}

bool EntryInserter::isPlain(const NewEntry &entry)
{
    return entry.payload.size() <= Entry::HeadSize && entry.frames.size() <= 1 && entry.findings.isEmpty();
}

Result<> EntryInserter::insertPlain(EntryId firstId, std::span<const NewEntry, RowsAtOnce> entries)
{
    for (size_t i = 0; i < entries.size(); ++i) {
        const EntryId id = firstId + static_cast<qint64>(i);
        m_sums.add(id, entries[i]);
        bindRow(m_entries, static_cast<int>(i) * ColumnCount, id.value(), entries[i]);
    }
    return m_entries.run();
}

Result<> EntryInserter::insertFrames(EntryId id, const FrameHeaders &frames)
{
    m_frame.bindNumber(1, id.value());
    for (qsizetype i = 0; i < frames.size(); ++i) {
        m_frame.bindNumber(2, i);
        m_frame.bindBlob(3, frames[i].view());
        if (Result<> done = m_frame.run(); !done)
            return done;
    }
    return {};
}

Result<> EntryInserter::insertPayload(EntryId id, QByteArrayView payload)
{
    for (qint64 part = 0; part * CaptureSchema::PartSize < payload.size(); ++part) {
        const qint64 offset = part * CaptureSchema::PartSize;
        m_payload.bindNumber(1, CaptureSchema::partId(id.value(), part));
        m_payload.bindBlob(2, payload.sliced(offset, std::min(CaptureSchema::PartSize, payload.size() - offset)));
        if (Result<> done = m_payload.run(); !done)
            return done;
    }
    return {};
}

Result<> EntryInserter::insertFindings(EntryId id, const Findings &findings)
{
    m_finding.bindNumber(1, id.value());
    for (qsizetype i = 0; i < findings.size(); ++i) {
        const Finding &finding = findings[i];
        const QByteArray rule = finding.rule.toUtf8();
        const QByteArray section = finding.section.toUtf8();
        const QByteArray text = finding.text.toUtf8();
        m_finding.bindNumber(2, i);
        m_finding.bindNumber(3, qint64(finding.severity));
        m_finding.bindText(4, rule);
        m_finding.bindText(5, section);
        m_finding.bindText(6, text);
        if (finding.offset >= 0)
            m_finding.bindNumber(7, finding.offset);
        else
            m_finding.bindNull(7);
        m_finding.bindNumber(8, finding.failWith);
        if (Result<> done = m_finding.run(); !done)
            return done;
    }
    return {};
}

} // namespace sockeye
