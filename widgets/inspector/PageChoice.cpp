#include "widgets/inspector/PageChoice.h"

#include "widgets/inspector/ClosingPage.h"
#include "widgets/inspector/HandshakePage.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/MessagePage.h"

#include <optional>

namespace sockeye {

namespace {

using Kind = PageChoice::Kind;

/// Of an end that has a page of its own.
std::optional<Kind> kindOfEnd(const ConnectionRecord &connection)
{
    if (connection.endKind == EndKind::HandshakeFailed)
        return Kind::Refusal;
    const bool isAbnormal = endSeverity(connection.endKind, connection.closeCode, connection.end) != Severity::Note;
    return connection.end && isAbnormal ? std::optional(Kind::Interruption) : std::nullopt;
}

bool tellsAnEnd(const Entry &entry)
{
    return entry.event == EventKind::Failed || entry.event == EventKind::Closed || entry.event == EventKind::Broken;
}

} // namespace

PageChoice::Kind PageChoice::kindOf(const Entry *entry, bool hasFormat, const ConnectionRecord *connection)
{
    if (!entry)
        return connection ? kindOfEnd(*connection).value_or(Kind::Connection) : Kind::Nothing;
    if (entry->kind == EntryKind::Binary && hasFormat)
        return Kind::Fields;
    if (entry->kind == EntryKind::Binary || entry->kind == EntryKind::Raw)
        return entry->size > 0 ? Kind::Bytes : Kind::Text;
    const bool isEnd = tellsAnEnd(*entry) && connection && connection->id == entry->connection;
    return isEnd ? kindOfEnd(*connection).value_or(Kind::Text) : Kind::Text;
}

QString PageChoice::pageFor(Kind kind) const
{
    if (const auto chosen = m_chosen.constFind(kind); chosen != m_chosen.cend())
        return *chosen;
    if (const auto chosen = m_chosen.constFind(Kind::Nothing); chosen != m_chosen.cend())
        return *chosen;
    switch (kind) {
    case Kind::Nothing:
        break;
    case Kind::Text:
    case Kind::Fields:
        return MessagePage::name();
    case Kind::Bytes:
        return HexPage::name();
    case Kind::Connection:
    case Kind::Refusal:
        return HandshakePage::name();
    case Kind::Interruption:
        return ClosingPage::name();
    }
    return {};
}

} // namespace sockeye
