#include "notify/NoticeText.h"

#include "base/CombiningMarks.h"
#include "base/ControlCharacters.h"
#include "record/EntryText.h"
#include "secrets/EntryMask.h"
#include "secrets/SecretMasker.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr qsizetype MaxTitle = 80;
constexpr qsizetype MaxLine = 200;
constexpr qsizetype MaxLines = 4;

struct NoticeWords
{
    Q_DECLARE_TR_FUNCTIONS(NoticeText)
};

/// In one line in which nothing acts, at most so long.
QString plainLine(const QString &text, qsizetype most)
{
    // Cut before it is looked at, and once more because what is made visible is longer.
    QString line = QString::fromUtf8(withVisibleControls(withFewMarks(text.left(2 * most)).toUtf8()));
    line.replace(u'\n', u' ').replace(u'\t', u' ');
    if (line.size() <= most && text.size() <= 2 * most)
        return line;
    qsizetype kept = std::min(line.size(), most - 1);
    if (kept > 0 && line.at(kept - 1).isHighSurrogate())
        --kept;
    return line.left(kept) + u'…';
}

QString matchWords(const Notice &notice, Timestamp now)
{
    if (notice.count == 1)
        return NoticeWords::tr("An entry matched: %1").arg(notice.text);
    const Nanoseconds passed = std::max(now - notice.time, Nanoseconds(std::chrono::seconds(1)));
    const QString seconds = QString::number(std::chrono::ceil<std::chrono::seconds>(passed).count());
    return NoticeWords::tr("%1 entries matched in %2 s. The first: %3")
        .arg(QString::number(notice.count), seconds, notice.text);
}

QString words(const Notice &notice, Timestamp now)
{
    switch (notice.kind) {
    case Notice::Kind::Matched:
        return matchWords(notice, now);
    case Notice::Kind::Ended:
        return notice.count == 1
                   ? notice.text
                   : NoticeWords::tr("Ended %1 times. The last: %2").arg(QString::number(notice.count), notice.text);
    case Notice::Kind::Returned:
        return notice.count == 1 ? NoticeWords::tr("Connected again")
                                 : NoticeWords::tr("Connected again %1 times").arg(notice.count);
    }
    return {};
}

} // namespace

NoticeText NoticeText::of(const QList<Notice> &notices, Timestamp now)
{
    const Notice &first = notices.constFirst();
    const bool isOfOne = std::all_of(notices.cbegin(), notices.cend(),
                                     [&first](const Notice &notice) { return notice.connection == first.connection; });
    const qsizetype shown = notices.size() <= MaxLines ? notices.size() : MaxLines - 1;
    QStringList lines;
    for (const Notice &notice : notices.first(shown)) {
        const QString said = words(notice, now);
        lines +=
            plainLine(isOfOne ? said : NoticeWords::tr("%1: %2").arg(plainLine(notice.name, MaxTitle), said), MaxLine);
    }
    if (shown < notices.size())
        lines += NoticeWords::tr("and %1 more").arg(notices.size() - shown);
    return {isOfOne ? plainLine(first.name, MaxTitle) : u"Sockeye"_s, lines.join(u'\n')};
}

QString NoticeText::preview(const Entry &entry)
{
    Entry shown = entry;
    QString line;
    if (entry.kind == EntryKind::Text) {
        shown.head = maskSecretsInBody(entry.head);
        // What is cut inside of a string is no JSON any more: secrets are looked for as in any text.
        if (!entry.isWhole())
            shown.head = maskSecretsInText(QString::fromUtf8(shown.head)).toUtf8();
        // By its length it says whether there is more.
        shown.size = entry.isWhole() ? shown.head.size() : std::max(entry.size, qint64{shown.head.size()} + 1);
        line = previewText(shown);
    } else {
        line = maskedPreview(entry);
    }
    if (entry.direction == Direction::None)
        return line;
    return u"%1 %2"_s.arg(directionArrow(entry.direction), line);
}

QString NoticeText::withoutMarkup(QString text)
{
    return text.replace(u'<', QChar(0x2039)).replace(u'>', QChar(0x203a)).replace(u'&', QChar(0xff06));
}

} // namespace sockeye
