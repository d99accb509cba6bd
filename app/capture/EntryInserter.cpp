#include "capture/EntryInserter.h"

#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"

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

} // namespace

Result<EntryInserter> EntryInserter::create(const SqliteDatabase &database)
{
    EntryInserter inserter;
    const std::pair<SqliteStatement *, QByteArray> statements[] = {
        {&inserter.m_begin, "BEGIN IMMEDIATE"},
        {&inserter.m_commit, "COMMIT"},
        {&inserter.m_entry,
         "INSERT INTO entry(id, connection, time_ns, direction, kind, event, flags, size, wire_size, "
         "frame_count, finding_count, severity, latency_ns, header, head) "
         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        {&inserter.m_frame, "INSERT INTO frame(entry, seq, header) VALUES (?, ?, ?)"},
        {&inserter.m_payload, "INSERT INTO payload(id, data) VALUES (?, ?)"},
        {&inserter.m_finding, "INSERT INTO finding(entry, seq, severity, rule, section, text, byte_offset, fail_with) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
        {&inserter.m_connection, ConnectionRow::insertSql()},
    };
    for (const auto &[statement, sql] : statements) {
        Result<SqliteStatement> prepared = database.prepare(sql, true);
        if (!prepared)
            return prepared.error();
        *statement = std::move(prepared).value();
    }
    return inserter;
}

Result<> EntryInserter::insert(EntryId id, const NewEntry &entry)
{
    if (Result<> done = insertRow(id, entry); !done)
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
    return ConnectionRow::write(m_connection, record);
}

Result<> EntryInserter::insertRow(EntryId id, const NewEntry &entry)
{
    m_entry.bindNumber(1, id.value());
    m_entry.bindNumber(2, entry.connection.value());
    m_entry.bindNumber(3, toNs(entry.time));
    m_entry.bindNumber(4, qint64(entry.direction));
    m_entry.bindNumber(5, qint64(entry.kind));
    m_entry.bindNumber(6, qint64(entry.event));
    m_entry.bindNumber(7, flagsOf(entry));
    m_entry.bindNumber(8, entry.payload.size());
    m_entry.bindNumber(9, entry.wireSize);
    m_entry.bindNumber(10, entry.frames.size());
    m_entry.bindNumber(11, entry.findings.size());
    m_entry.bindNumber(12, severityOf(entry.findings));
    if (entry.latency.count() >= 0)
        m_entry.bindNumber(13, entry.latency.count());
    else
        m_entry.bindNull(13);
    if (entry.frames.size() == 1)
        m_entry.bindBlob(14, entry.frames.front().view());
    else
        m_entry.bindNull(14);
    m_entry.bindBlob(15, QByteArrayView(entry.payload).first(std::min(entry.payload.size(), Entry::HeadSize)));
    return m_entry.run();
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
