#include "encodings/JsonShape.h"

#include "base/Bytes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qsizetype MaxBriefScalar = 60;
constexpr QChar BriefEllipsis = u'…';

void skipShapeSpaces(QByteArrayView text, qsizetype &at)
{
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
        ++at;
}

/// False if it does not end.
bool skipShapeString(QByteArrayView text, qsizetype &at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return ++at, true;
    }
    at = text.size();
    return false;
}

/// By its brackets; false if it does not end.
bool skipShapeContainer(QByteArrayView text, qsizetype &at)
{
    qsizetype depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            if (!skipShapeString(text, at))
                return false;
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return true;
    }
    return false;
}

Node::Kind shapeKind(char c)
{
    switch (c) {
    case '{':
        return Node::Kind::Object;
    case '[':
        return Node::Kind::Array;
    case '"':
        return Node::Kind::String;
    case 't':
    case 'f':
        return Node::Kind::Boolean;
    case 'n':
        return Node::Kind::Null;
    default:
        return Node::Kind::Number;
    }
}

bool isShapeScalar(QByteArrayView text)
{
    const bool isWord = text == "true" || text == "false" || text == "null";
    return isWord || (!text.isEmpty() && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || QByteArrayView("+-.eE").contains(c);
           }));
}

/// False if it is none, or does not end.
bool skipShapeValue(QByteArrayView text, qsizetype &at)
{
    const qsizetype begin = at;
    if (text[at] == '"')
        return skipShapeString(text, at);
    if (text[at] == '{' || text[at] == '[')
        return skipShapeContainer(text, at);
    while (at < text.size() && !QByteArrayView(",]}: \t\r\n\"{[").contains(text[at]))
        ++at;
    return isShapeScalar(text.sliced(begin, at - begin));
}

/// -1 for what is no whole number without a sign, or a long one.
int shapeNumber(QByteArrayView text)
{
    constexpr qsizetype MaxDigits = 9;
    const bool isNumber = !text.isEmpty() && text.size() <= MaxDigits &&
                          std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? text.toInt() : -1;
}

/// Whether a string that stands without quotes could be taken for something else.
bool needsBriefQuotes(const QString &text)
{
    if (text.isEmpty() || text == "true"_L1 || text == "false"_L1 || text == "null"_L1)
        return true;
    bool isNumber = false;
    text.toDouble(&isNumber);
    return isNumber || std::ranges::any_of(text, [](QChar c) { return c.isSpace() || u"\"=,[]{}"_s.contains(c); });
}

QString cutText(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const qsizetype keep = text[most - 1].isHighSurrogate() ? most - 1 : most;
    return text.first(keep) + BriefEllipsis;
}

QString briefScalar(const NodeTree &tree, qint32 index)
{
    // As many bytes as may make up what is shown, however they are escaped.
    constexpr qsizetype MaxBytes = MaxBriefScalar * 8;
    const Node &node = tree.at(index);
    const QByteArrayView bytes = tree.textBytes(node);
    if (bytes.size() > MaxBytes) {
        const QByteArrayView beginning = bytes.first(MaxBriefScalar * 4);
        return cutText(textFromUtf8(beginning.chopped(unfinishedBytes(beginning))), MaxBriefScalar);
    }
    const QString text = tree.text(index);
    if (node.kind != Node::Kind::String)
        return cutText(text, MaxBriefScalar);
    const QString cut = cutText(text, MaxBriefScalar).simplified();
    return needsBriefQuotes(text) ? u'"' + cut + u'"' : cut;
}

} // namespace

QByteArrayView JsonShape::Member::string() const
{
    return kind == Node::Kind::String && isWhole ? value.sliced(1, value.size() - 2) : QByteArrayView();
}

bool JsonShape::Member::isInteger() const
{
    const QByteArrayView digits = value.startsWith('-') ? value.sliced(1) : value;
    return kind == Node::Kind::Number && !digits.isEmpty() &&
           std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

int JsonShape::Member::number() const
{
    return kind == Node::Kind::Number ? shapeNumber(value) : -1;
}

JsonShape::JsonShape(QByteArrayView text)
    : JsonShape(text, Limits())
{
}

JsonShape::JsonShape(QByteArrayView whole, Limits limits)
{
    const QByteArrayView text = whole.first(std::min(whole.size(), limits.bytes));
    const bool isPart = text.size() < whole.size();
    qsizetype at = 0;
    skipShapeSpaces(text, at);
    if (at == text.size() || (text[at] != '{' && text[at] != '['))
        return;
    m_kind = shapeKind(text[at++]);
    const char closing = isObject() ? '}' : ']';
    skipShapeSpaces(text, at);
    if (at < text.size() && text[at] == closing) {
        skipShapeSpaces(text, ++at);
        m_isWhole = at == text.size() && !isPart;
        return;
    }
    while (at < text.size()) {
        if (m_members.size() >= limits.members) {
            m_isCut = true;
            return;
        }
        if (!readMember(text, at)) {
            m_isCut = isPart && at == text.size();
            return;
        }
        skipShapeSpaces(text, at);
        if (at == text.size())
            break;
        if (text[at] == closing) {
            skipShapeSpaces(text, ++at);
            m_isWhole = at == text.size() && !isPart;
            return;
        }
        if (text[at] != ',')
            return;
        skipShapeSpaces(text, ++at);
    }
    m_isCut = isPart;
}

bool JsonShape::readMember(QByteArrayView text, qsizetype &at)
{
    Member member;
    if (isObject()) {
        member.nameBegin = at;
        if (text[at] != '"' || !skipShapeString(text, at))
            return false;
        member.nameEnd = at;
        member.name = text.sliced(member.nameBegin + 1, at - member.nameBegin - 2);
        skipShapeSpaces(text, at);
        if (at == text.size() || text[at] != ':')
            return false;
        skipShapeSpaces(text, ++at);
        if (at == text.size())
            return false;
    }
    member.begin = at;
    member.kind = shapeKind(text[at]);
    member.isWhole = skipShapeValue(text, at);
    member.end = at;
    member.value = text.sliced(member.begin, at - member.begin);
    const bool isContainer = member.kind == Node::Kind::Object || member.kind == Node::Kind::Array;
    if (member.isWhole || isContainer || member.isString())
        m_members.push_back(member);
    return member.isWhole;
}

const JsonShape::Member *JsonShape::find(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(m_members, [name](const Member &member) { return member.name == name; });
    return found == m_members.end() ? nullptr : &*found;
}

bool JsonShape::has(QByteArrayView name, Node::Kind kind) const
{
    const Member *member = find(name);
    return member && member->kind == kind;
}

QByteArrayView JsonShape::string(QByteArrayView name) const
{
    const Member *member = find(name);
    return member ? member->string() : QByteArrayView();
}

bool JsonShape::hasOnly(std::initializer_list<QByteArrayView> names) const
{
    return std::ranges::all_of(m_members, [names](const Member &member) { return isOneOf(member.name, names); });
}

Certainty likelyIn(const DecodeInput &input)
{
    return input.isText ? Certainty::Likely : Certainty::None;
}

QByteArray jsonStringText(QByteArrayView quoted)
{
    if (quoted.size() < 2)
        return {};
    if (!quoted.contains('\\'))
        return quoted.sliced(1, quoted.size() - 2).toByteArray();
    return QJsonDocument::fromJson('[' + quoted.toByteArray() + ']').array().first().toString().toUtf8();
}

bool isOneOf(QByteArrayView text, std::initializer_list<QByteArrayView> words)
{
    return std::ranges::find(words, text) != words.end();
}

JsonView JsonView::member(QStringView name) const
{
    if (isObject()) {
        const QByteArray wanted = name.toUtf8();
        for (qint32 child = m_index + 1; child < node().end; child = m_tree->at(child).end) {
            const Node &one = m_tree->at(child);
            const QByteArrayView written = m_tree->nameBytes(one);
            const bool isPlain = !one.isLabelled && written.size() > 1 && !written.contains('\\');
            if (isPlain ? written.sliced(1, written.size() - 2) == wanted : m_tree->name(child) == name)
                return {*m_tree, child};
        }
    }
    return {*m_tree, m_tree->size()};
}

JsonView JsonView::element(qint32 row) const
{
    if (exists() && row >= 0 && row < node().childCount) {
        for (qint32 child = m_index + 1; child < node().end; child = m_tree->at(child).end) {
            if (row-- == 0)
                return {*m_tree, child};
        }
    }
    return {*m_tree, m_tree->size()};
}

JsonView JsonView::next() const
{
    const bool hasNext = exists() && node().end < m_tree->size() && (m_tree->at(node().end).parent == node().parent);
    return {*m_tree, hasNext ? node().end : m_tree->size()};
}

QString JsonView::text() const
{
    return exists() ? m_tree->text(m_index) : QString();
}

int JsonView::number() const
{
    return isNumber() ? shapeNumber(m_tree->textBytes(node())) : -1;
}

QString JsonView::brief(qsizetype most) const
{
    if (!exists())
        return {};
    QString line;
    std::vector<qint32> open;
    const auto closeBefore = [&](qint32 index) {
        while (!open.empty() && m_tree->at(open.back()).end <= index) {
            line += m_tree->at(open.back()).kind == Node::Kind::Object ? u'}' : u']';
            open.pop_back();
        }
    };
    const qint32 end = node().end;
    for (qint32 i = m_index; i < end;) {
        closeBefore(i);
        if (line.size() > most)
            return cutText(line, most);
        const Node &one = m_tree->at(i);
        if (i > m_index) {
            const bool isMember = m_tree->at(one.parent).kind == Node::Kind::Object;
            if (one.row > 0)
                line += isMember ? u" "_s : u", "_s;
            if (isMember)
                line += m_tree->name(i) + u'=';
        }
        if (one.isContainer()) {
            line += one.kind == Node::Kind::Object ? u'{' : u'[';
            open.push_back(i);
        } else {
            line += briefScalar(*m_tree, i);
        }
        // What a string's text holds is not looked at.
        i = one.isContainer() ? i + 1 : one.end;
    }
    closeBefore(end);
    // A lone string has been cut already.
    return cutText(line, most + 3);
}

QString JsonView::briefList(qsizetype most) const
{
    if (!isArray())
        return brief(most);
    QStringList list;
    qsizetype length = 0;
    for (JsonView one = element(0); one.exists(); one = one.next()) {
        if (length > most) {
            list += QString(BriefEllipsis);
            break;
        }
        list += one.brief(most);
        length += list.last().size() + 1;
    }
    return list.join(u' ');
}

QString joinedSummary(std::initializer_list<QString> pieces)
{
    QStringList list;
    for (const QString &piece : pieces) {
        if (!piece.isEmpty())
            list += piece;
    }
    return list.join(u" · "_s);
}

QString cutSummary(const QString &text, qsizetype most)
{
    return cutText(text, most);
}

} // namespace sockeye
