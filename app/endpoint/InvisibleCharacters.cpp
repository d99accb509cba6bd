#include "endpoint/InvisibleCharacters.h"

#include "base/CharacterNames.h"

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

/// Letters and marks by their category, and yet there is nothing to see.
constexpr std::array<char32_t, 8> Fillers{0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0};

struct Character
{
    char32_t code = 0;
    /// UTF-16 code units that it takes.
    qsizetype size = 1;
};

Character characterAt(QStringView text, qsizetype at)
{
    const QChar c = text[at];
    if (c.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return {QChar::surrogateToUcs4(c, text[at + 1]), 2};
    return {c.unicode(), 1};
}

bool isOpeningQuote(QChar c)
{
    return QStringView(u"\"'`“”„‟‘’‚‛«»‹›").contains(c);
}

bool isClosingQuote(QChar c)
{
    return c != u'\'' && c != u'`' && isOpeningQuote(c);
}

} // namespace

bool isInvisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Separator_Space:
        return c != U' ';
    default:
        return std::find(Fillers.begin(), Fillers.end(), c) != Fillers.end();
    }
}

QString InvisibleCharacter::name() const
{
    return characterName(character);
}

std::optional<InvisibleCharacter> findInvisible(QStringView text)
{
    qsizetype place = 0;
    for (qsizetype at = 0; at < text.size();) {
        const Character c = characterAt(text, at);
        ++place;
        if (isInvisible(c.code))
            return InvisibleCharacter{c.code, place};
        at += c.size;
    }
    return std::nullopt;
}

QString withoutInvisible(const QString &text)
{
    QString rest;
    rest.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const Character c = characterAt(text, at);
        if (!isInvisible(c.code))
            rest += QStringView(text).sliced(at, c.size);
        at += c.size;
    }
    return rest;
}

QStringView withoutBlanks(QStringView text)
{
    const auto isBlank = [](QChar c) { return c == u' ' || (c >= u'\t' && c <= u'\r'); };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

std::optional<InvisibleCharacter> findQuote(QStringView text)
{
    if (text.isEmpty())
        return std::nullopt;
    if (isOpeningQuote(text.front()))
        return InvisibleCharacter{text.front().unicode(), 1};
    // One that closes what was opened inside of the text belongs to it: ?q="a"
    if (!isClosingQuote(text.back()) || std::any_of(text.begin(), text.end() - 1, isOpeningQuote))
        return std::nullopt;
    const auto lows = std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
    return InvisibleCharacter{text.back().unicode(), text.size() - lows};
}

QString cleaned(const QString &text)
{
    const QString visible = withoutInvisible(text);
    QStringView rest = withoutBlanks(visible);
    while (findQuote(rest)) {
        const bool isOpened = isOpeningQuote(rest.front());
        if (isOpened)
            rest = rest.sliced(1);
        if (!rest.isEmpty() && (isClosingQuote(rest.back()) || (isOpened && isOpeningQuote(rest.back()))))
            rest.chop(1);
        rest = withoutBlanks(rest);
    }
    return rest.toString();
}

} // namespace sockeye
