#pragma once

#include "decode/Decoder.h"

#include <QByteArrayView>
#include <QString>

#include <initializer_list>
#include <vector>

namespace sockeye {

/// The members of a JSON object, or the elements of an array, as places in the text: what tells protocols that speak
/// JSON apart. Looks into no value, and at the first 64 KiB if it is not told otherwise.
class JsonShape final
{
public:
    struct Member
    {
        /// Without its quotes, escapes as they are; empty for an element.
        QByteArrayView name;
        /// All of it; as much as was looked at if it is not whole.
        QByteArrayView value;
        /// Places in the text, the name's with its quotes.
        qsizetype nameBegin = 0;
        qsizetype nameEnd = 0;
        qsizetype begin = 0;
        qsizetype end = 0;
        Node::Kind kind = Node::Kind::Null;
        bool isWhole = true;

        /// A string without its quotes, escapes as they are; empty for any other value.
        [[nodiscard]] QByteArrayView string() const;
        [[nodiscard]] bool isString() const { return kind == Node::Kind::String; }
        [[nodiscard]] bool isInteger() const;
        /// A whole number of at most nine digits without a sign; -1 for anything else.
        [[nodiscard]] int number() const;
    };

    /// How much is looked at.
    struct Limits
    {
        qsizetype bytes = 64 * 1024;
        size_t members = 64;
    };

    explicit JsonShape(QByteArrayView text);
    JsonShape(QByteArrayView text, Limits limits);

    [[nodiscard]] bool isObject() const { return m_kind == Node::Kind::Object; }
    [[nodiscard]] bool isArray() const { return m_kind == Node::Kind::Array; }
    /// It ends with the text, or where no more was looked at.
    [[nodiscard]] bool fits() const { return m_isWhole || m_isCut; }
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] const std::vector<Member> &members() const { return m_members; }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_members.size()); }
    [[nodiscard]] const Member &at(qsizetype index) const { return m_members[static_cast<size_t>(index)]; }
    /// The first one of that name; null if there is none.
    [[nodiscard]] const Member *find(QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name, Node::Kind kind) const;
    /// That member's string; empty if it is none.
    [[nodiscard]] QByteArrayView string(QByteArrayView name) const;
    /// Whether there is no member of another name.
    [[nodiscard]] bool hasOnly(std::initializer_list<QByteArrayView> names) const;

private:
    bool readMember(QByteArrayView text, qsizetype &at);

    Node::Kind m_kind = Node::Kind::Null;
    bool m_isWhole = false;
    bool m_isCut = false;
    std::vector<Member> m_members;
};

/// What is a guess stays plain JSON: which a text surely is, and other bytes are just as likely.
[[nodiscard]] Certainty likelyIn(const DecodeInput &input);
/// A string's characters, without quotes and escapes.
[[nodiscard]] QByteArray jsonStringText(QByteArrayView quoted);
/// Whether a text is one of those.
[[nodiscard]] bool isOneOf(QByteArrayView text, std::initializer_list<QByteArrayView> words);

/// A JSON value among the nodes of a tree, and what it holds.
class JsonView final
{
public:
    JsonView(const NodeTree &tree, qint32 index)
        : m_tree(&tree)
        , m_index(index < tree.size() ? index : Node::None)
    {
    }

    [[nodiscard]] bool exists() const { return m_index != Node::None; }
    [[nodiscard]] qint32 index() const { return m_index; }
    [[nodiscard]] bool isKind(Node::Kind kind) const { return exists() && node().kind == kind; }
    [[nodiscard]] bool isObject() const { return isKind(Node::Kind::Object); }
    [[nodiscard]] bool isArray() const { return isKind(Node::Kind::Array); }
    [[nodiscard]] bool isString() const { return isKind(Node::Kind::String); }
    [[nodiscard]] bool isNumber() const { return isKind(Node::Kind::Number); }
    [[nodiscard]] qint32 count() const { return exists() ? node().childCount : 0; }
    /// The first member of that name, respectively that element; one that does not exist if there is none.
    [[nodiscard]] JsonView member(QStringView name) const;
    [[nodiscard]] JsonView element(qint32 row) const;
    /// The node behind it: the next root, or the next one of what holds it.
    [[nodiscard]] JsonView next() const;
    /// A string without quotes, another value as it is written; empty if it does not exist.
    [[nodiscard]] QString text() const;
    /// Likewise; -1 for what is no whole number of at most nine digits.
    [[nodiscard]] int number() const;
    /// In a line: a string without quotes where that leaves no doubt, `{a=1 b=2}`, `[1, 2]`; at most some `most`
    /// characters.
    [[nodiscard]] QString brief(qsizetype most = MaxBrief) const;
    /// The elements in a line, or the value's `brief()` if it is no array.
    [[nodiscard]] QString briefList(qsizetype most = MaxBrief) const;

private:
    static constexpr qsizetype MaxBrief = 60;

    [[nodiscard]] const Node &node() const { return m_tree->at(m_index); }

    const NodeTree *m_tree;
    qint32 m_index;
};

/// One piece behind the other with a dot between them; empty ones are left out.
[[nodiscard]] QString joinedSummary(std::initializer_list<QString> pieces);
/// At most so many characters.
[[nodiscard]] QString cutSummary(const QString &text, qsizetype most = 120);

} // namespace sockeye
