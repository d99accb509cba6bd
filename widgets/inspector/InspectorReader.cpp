#include "widgets/inspector/InspectorReader.h"

#include "explain/ClosePatterns.h"
#include "reading/CaptureLoader.h"

#include <utility>

namespace sockeye {

InspectorReader::InspectorReader(QObject *parent)
    : QObject(parent)
{
}

InspectorReader::~InspectorReader() = default;

void InspectorReader::setLoader(CaptureLoader *loader)
{
    ++m_generation;
    m_loader = loader;
    m_entry = m_shownEntry = EntryId();
    m_connection = m_entryConnection = ConnectionId();
    m_closePatterns.clear();
    m_patternsStale = true;
    m_asking = false;
    m_askAgain = false;
}

void InspectorReader::setEntry(EntryId id)
{
    m_entry = id;
    if (id == EntryId()) {
        m_shownEntry = EntryId();
        m_entryConnection = ConnectionId();
    }
    refresh();
}

void InspectorReader::setConnection(ConnectionId id)
{
    m_connection = id;
    m_patternsStale = true;
    refresh();
}

void InspectorReader::refresh()
{
    if (!m_loader || (m_entry == EntryId() && m_connection == ConnectionId()))
        return;
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    const Query query{m_entry, m_entry != EntryId() && m_entry != m_shownEntry,
                      m_entry == EntryId() ? m_connection : m_entryConnection, std::exchange(m_patternsStale, false),
                      m_formats};
    m_loader->read(
        this, [query](const CaptureReader &capture) { return read(capture, query); },
        [this, entry = m_entry, generation = m_generation](const Answer &answer) {
            if (generation == m_generation)
                take(answer, entry);
        });
}

InspectorReader::Answer InspectorReader::read(const CaptureReader &capture, const Query &query)
{
    Answer answer;
    ConnectionId connection = query.connection;
    if (query.readEntry) {
        answer.entry = EntryDetails::read(capture, query.entry, *query.formats);
        if (*answer.entry)
            connection = answer.entry->value().entry.connection;
    }
    if (connection != ConnectionId())
        answer.connection = capture.connection(connection);
    if (query.readPatterns) {
        if (const auto connections = capture.connectionEnds())
            answer.closePatterns = closePatterns(connections.value());
    }
    return answer;
}

void InspectorReader::take(const Answer &answer, EntryId entry)
{
    m_asking = false;
    if (answer.closePatterns)
        m_closePatterns = *answer.closePatterns;
    // If another choice was made meanwhile, this one is not shown.
    if (entry == m_entry) {
        if (answer.entry) {
            m_shownEntry = entry;
            if (*answer.entry)
                m_entryConnection = answer.entry->value().entry.connection;
            Q_EMIT entryRead(*answer.entry);
        }
        if (answer.connection)
            takeConnection(*answer.connection);
    }
    if (m_askAgain || entry != m_entry)
        refresh();
}

void InspectorReader::takeConnection(const Result<ConnectionRecord> &record)
{
    if (record)
        Q_EMIT connectionRead(ConnectionDetails{record.value(), m_closePatterns});
    else
        Q_EMIT connectionRead(record.error());
}

} // namespace sockeye
