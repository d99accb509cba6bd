#include "record/EntryText.h"

#include "base/Bytes.h"
#include "base/ControlCharacters.h"
#include "wire/CloseCode.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar Ellipsis = u'…';

/// What a control character is shown as, so that it is seen and moves nothing else in the line.
QChar visible(QChar c)
{
    const char16_t u = c.unicode();
    if (u == '\n' || u == '\r' || u == '\t' || u == 0x2028 || u == 0x2029 || u == 0x85)
        return u' ';
    if (u < 0x20)
        return QChar(static_cast<char16_t>(0x2400 + u));
    if (u == 0x7f)
        return QChar(0x2421);
    return isControlCharacter(u) ? QChar(u'·') : c;
}

/// At most maxChars long, ending in an ellipsis if something is left out; a surrogate pair stays whole.
QString elided(QString text, int maxChars, bool hasMore)
{
    if (text.size() + (hasMore ? 1 : 0) <= maxChars)
        return hasMore ? text + Ellipsis : text;
    qsizetype keep = std::max(maxChars - 1, 0);
    if (keep > 0 && text[keep - 1].isHighSurrogate())
        --keep;
    text.truncate(keep);
    return text + Ellipsis;
}

QString linePreview(const Entry &entry, int maxChars)
{
    const bool hasMore = !entry.isWhole();
    QString text = textFromUtf8(hasMore ? QByteArrayView(entry.head).chopped(unfinishedBytes(entry.head))
                                        : QByteArrayView(entry.head));
    text.replace("\r\n"_L1, " "_L1);
    return elided(oneLine(std::move(text)), maxChars, hasMore);
}

QString hexPreview(const Entry &entry, int maxChars)
{
    // Whole bytes only: each takes three characters but the last, and the ellipsis wants room as well.
    const qsizetype fitting = entry.size * 3 - 1 <= maxChars ? entry.size : std::max(maxChars - 1, 0) / 3;
    const qsizetype shown = std::min<qsizetype>(fitting, entry.head.size());
    QString text = hexText(QByteArrayView(entry.head).first(shown));
    if (shown < entry.size)
        text += (text.isEmpty() ? QString() : u" "_s) + Ellipsis;
    return text;
}

QString closePreview(const Entry &entry, int maxChars)
{
    if (entry.size == 0)
        return elided(QCoreApplication::translate("sockeye::EntryText", "without a code"), maxChars, false);
    const CloseBody body = parseCloseBody(entry.head);
    if (!body.wellFormed)
        return hexPreview(entry, maxChars);
    QString text = u"%1 %2"_s.arg(QString::number(body.code), closeCodeName(body.code));
    if (!body.reason.isEmpty())
        text += u" · "_s + body.reason;
    return elided(oneLine(std::move(text)), maxChars, !entry.isWhole());
}

} // namespace

QString previewText(const Entry &entry, int maxChars)
{
    switch (entry.kind) {
    case EntryKind::Text:
    case EntryKind::Event:
        return linePreview(entry, maxChars);
    case EntryKind::Close:
        return closePreview(entry, maxChars);
    case EntryKind::Binary:
    case EntryKind::Ping:
    case EntryKind::Pong:
    case EntryKind::Raw:
        break;
    }
    return hexPreview(entry, maxChars);
}

QString oneLine(QString text)
{
    std::transform(text.cbegin(), text.cend(), text.begin(), visible);
    return text;
}

QString directionArrow(Direction direction)
{
    switch (direction) {
    case Direction::In:
        return u"↓"_s;
    case Direction::Out:
        return u"↑"_s;
    case Direction::None:
        break;
    }
    return u"–"_s;
}

} // namespace sockeye
