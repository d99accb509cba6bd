#include "capture/EntryInserter.h"

#include "capture/AnnotationRow.h"
#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "capture/ProxyStepRow.h"

#include <algorithm>

namespace sockeye {

Result<EntryInserter> EntryInserter::create(const SqliteDatabase &database)
{
    EntryInserter inserter(database.path());
    inserter.m_table = std::make_unique<NewEntryTable>();
    if (Result<> added = inserter.m_table->addTo(database); !added)
        return added.error();
    const std::pair<SqliteStatement *, QByteArray> statements[] = {
        {&inserter.m_begin, "BEGIN IMMEDIATE"},
        {&inserter.m_commit, "COMMIT"},
        {&inserter.m_insert, NewEntryTable::InsertSql},
        {&inserter.m_append, NewEntryTable::AppendSql},
        {&inserter.m_frame, "INSERT INTO frame(entry, seq, header) VALUES (?, ?, ?)"},
        {&inserter.m_payload, "INSERT INTO payload(id, data) VALUES (?, ?)"},
        {&inserter.m_outside, "INSERT INTO outside(entry, at) VALUES (?, ?)"},
        {&inserter.m_finding, "INSERT INTO finding(entry, seq, severity, rule, section, text, byte_offset, fail_with) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
        {&inserter.m_connection, ConnectionRow::insertSql()},
        {&inserter.m_proxyStep, ProxyStepRow::insertSql()},
        {&inserter.m_bucket, SecondSums::insertSql()},
        {&inserter.m_summed, SecondSums::noteSummedSql()},
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

Result<> EntryInserter::beginAnew(const SqliteDatabase &database)
{
    return m_sums.beginAnew(database);
}

Result<> EntryInserter::commit(bool withSums)
{
    if (withSums && !m_sums.isEmpty()) {
        if (Result<> written = m_sums.write(m_bucket, m_summed); !written)
            return written;
    }
    // Whoever sees the rows is to find what they name.
    if (Result<> flushed = m_outsidePayloads.flush(); !flushed)
        return flushed;
    return m_commit.run();
}

Result<> EntryInserter::insert(EntryId firstId, std::span<const NewEntry> entries)
{
    m_table->show(firstId, entries);
    SqliteStatement &statement = firstId.value() == m_nextId ? m_append : m_insert;
    if (Result<> done = statement.run(); !done)
        return done;
    m_nextId = std::max(m_nextId, firstId.value() + static_cast<qint64>(entries.size()));
    qint64 id = firstId.value();
    for (const NewEntry &entry : entries) {
        m_sums.add(EntryId(id), entry);
        if (Result<> done = insertRest(EntryId(id), entry); !done)
            return done;
        ++id;
    }
    return {};
}

Result<> EntryInserter::insertRest(EntryId id, const NewEntry &entry)
{
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
    static_assert(PayloadFile::LongestInside <= CaptureSchema::PartSize, "It is one part");
    if (payload.size() <= PayloadFile::LongestInside) {
        m_payload.bindNumber(1, CaptureSchema::partId(id.value(), 0));
        m_payload.bindBlob(2, payload);
        return m_payload.run();
    }
    const Result<qint64> at = m_outsidePayloads.append(payload);
    if (!at)
        return at.error();
    m_outside.bindNumber(1, id.value());
    m_outside.bindNumber(2, at.value());
    return m_outside.run();
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
