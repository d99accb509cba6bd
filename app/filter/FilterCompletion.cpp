#include "filter/FilterCompletion.h"

#include "filter/FilterLexer.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

using filter::Token;

struct FilterCompletionWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Filter)

public:
    static QString more() { return tr("more than"); }
    static QString less() { return tr("less than"); }
    static QString exactly() { return tr("exactly, or from..to"); }
    static QString other() { return tr("anything but"); }
    static QString seen() { return tr("Seen in this capture"); }
};

template<typename Name>
bool isBegun(Name name, QStringView typed)
{
    return name.startsWith(typed, Qt::CaseInsensitive);
}

QList<FilterCompletion> keys(QStringView typed)
{
    QList<FilterCompletion> items;
    for (const FilterKeyInfo &info : filterKeys()) {
        const bool byAlias = !typed.isEmpty() && typed.size() < info.alias.size() && isBegun(info.alias, typed);
        if (isBegun(info.name, typed) && typed.compare(info.name, Qt::CaseInsensitive) != 0)
            items.append({info.compares ? QString(info.name) : info.name + u':', info.explained(), true});
        else if (byAlias)
            items.append({info.alias + u':', info.explained(), true});
    }
    return items;
}

/// "size" is typed: size> size< size: size!=
QList<FilterCompletion> signs(QStringView typed)
{
    const FilterKeyInfo *info = findFilterKey(typed);
    if (!info)
        return {};
    if (!info->compares)
        return {{info->name + u':', info->explained(), true}};
    return {{info->name + u'>', FilterCompletionWords::more(), false},
            {info->name + u'<', FilterCompletionWords::less(), false},
            {info->name + u':', FilterCompletionWords::exactly(), info->key == FilterKey::Conn},
            {info->name + "!="_L1, FilterCompletionWords::other(), false}};
}

/// What messages had that the key asks for; null for another key.
const QStringList *seenBy(FilterKey key, const FilterHints &hints)
{
    switch (key) {
    case FilterKey::Field:
        return &hints.fields;
    case FilterKey::Proto:
        return &hints.formats;
    case FilterKey::Msg:
        return &hints.messages;
    case FilterKey::Topic:
        return &hints.topics;
    default:
        return nullptr;
    }
}

/// As the line takes it: in quotation marks where it would end too early.
QString asWord(const QString &words)
{
    const bool isPlain = std::none_of(words.begin(), words.end(), [](QChar c) {
        return c.isSpace() || c == u',' || c == u'"' || c == u'(' || c == u')' || c == u'\\';
    });
    if (isPlain)
        return words;
    QString quoted = words;
    quoted.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
    return u'"' + quoted + u'"';
}

QList<FilterCompletion> seenValues(FilterKey key, QStringView typed, const QStringList &seen)
{
    constexpr qsizetype MaxItems = 100;
    QList<FilterCompletion> items;
    const QStringView begun = key != FilterKey::Field && typed.startsWith(u'"') ? typed.sliced(1) : typed;
    for (const QString &one : seen) {
        if (isBegun(one, begun) && items.size() < MaxItems) {
            // A path is written in its own way, and goes on with what is asked of the value.
            items.append(
                {key == FilterKey::Field ? one : asWord(one), FilterCompletionWords::seen(), key == FilterKey::Field});
        }
    }
    return items;
}

QList<FilterCompletion> values(FilterKey key, QStringView typed, const FilterHints &hints)
{
    QList<FilterCompletion> items;
    for (const FilterValue &value : filterKeyInfo(key).values) {
        if (value.explanation != nullptr && isBegun(value.name, typed))
            items.append({QString(value.name), explained(value), false});
    }
    const QStringList &connections = hints.connections;
    if (const QStringList *seen = seenBy(key, hints))
        items = seenValues(key, typed, *seen);
    if (key == FilterKey::Conn) {
        for (qsizetype i = 0; i < connections.size(); ++i) {
            const QString number = QString::number(i + 1);
            if (!connections.at(i).isEmpty() && isBegun(number, typed))
                items.append({number, connections.at(i), false});
        }
    }
    // What is typed in full needs no completion.
    if (items.size() == 1 && typed.compare(items.constFirst().insert, Qt::CaseInsensitive) == 0)
        items.clear();
    return items;
}

/// Where the last comma before the cursor is that separates values: none within quotation marks. -1 for none.
qsizetype lastComma(QStringView text, qsizetype begin, qsizetype cursor)
{
    qsizetype comma = -1;
    bool isQuoted = false;
    for (qsizetype at = begin; at < cursor; ++at) {
        if (isQuoted && text.at(at) == u'\\')
            ++at;
        else if (text.at(at) == u'"')
            isQuoted = !isQuoted;
        else if (text.at(at) == u',' && !isQuoted)
            comma = at;
    }
    return comma;
}

/// Only the value of a list that the cursor stands in is replaced.
FilterCompletions inList(const Token &token, QStringView text, qsizetype cursor, const FilterHints &hints)
{
    const qsizetype comma = lastComma(text, token.valueBegin, cursor);
    const qsizetype next = text.sliced(cursor, token.end - cursor).indexOf(u',');
    FilterCompletions found;
    found.begin = qMax(token.valueBegin, comma + 1);
    found.end = next < 0 ? token.end : cursor + next;
    found.items = values(token.key, text.sliced(found.begin, cursor - found.begin), hints);
    found.isAboutMessages = seenBy(token.key, hints) != nullptr;
    return found;
}

} // namespace

FilterCompletions completeFilter(const QString &text, qsizetype cursor, const FilterHints &hints)
{
    const QStringView line(text);
    cursor = qBound(qsizetype(0), cursor, line.size());
    filter::Lexer lexer(line);
    Token token = lexer.next();
    while (token.type != Token::Type::End && token.end < cursor)
        token = lexer.next();
    // A parenthesis or a minus ends where the next term begins.
    if (token.end == cursor && (token.type == Token::Type::Open || token.type == Token::Type::Minus))
        token = lexer.next();
    if (token.type == Token::Type::End || token.begin >= cursor) {
        const bool isFree = token.type == Token::Type::End || line.at(cursor).isSpace();
        return {cursor, cursor, isFree ? keys({}) : QList<FilterCompletion>(), false};
    }
    const bool isWord = (token.type == Token::Type::Words && !token.isQuoted) || token.type == Token::Type::Or ||
                        token.type == Token::Type::And || token.type == Token::Type::Not;
    if (isWord) {
        const QStringView typed = line.sliced(token.begin, cursor - token.begin);
        return {token.begin, token.end, signs(typed) + keys(typed), false};
    }
    if (token.type == Token::Type::Keyed && cursor >= token.valueBegin)
        return inList(token, line, cursor, hints);
    return {cursor, cursor, {}, false};
}

} // namespace sockeye
