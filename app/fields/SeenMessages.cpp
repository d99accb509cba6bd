#include "fields/SeenMessages.h"

#include "base/Bytes.h"
#include "decode/NodePath.h"
#include "fields/MessageWalk.h"
#include "reading/CaptureReader.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace sockeye {

namespace {

/// Entries that are looked at on either end.
constexpr qint64 SeenEntries = 500;
/// Of each kind.
constexpr qsizetype MaxSeen = 1'000;
/// Nodes of a message.
constexpr qint32 MaxSeenNodes = 200;
/// A longer one is content, and nobody types it.
constexpr qsizetype MaxSeenWord = 120;

class Seen final
{
public:
    void take(const WalkedMessage &message)
    {
        if (!message.tree)
            return;
        add(m_formats, message.format->id());
        const MessageFacts &facts = message.tree->facts;
        add(m_messages, textFromUtf8(facts.kind));
        add(m_messages, textFromUtf8(facts.name));
        add(m_topics, textFromUtf8(facts.topic));
        for (qint32 node = 0; node < std::min(message.tree->size(), MaxSeenNodes); ++node)
            takeNode(*message.tree, node);
    }

    [[nodiscard]] FilterHints hints() const
    {
        return {{}, sorted(m_formats), sorted(m_messages), sorted(m_topics), sorted(m_fields)};
    }

private:
    void takeNode(const NodeTree &tree, qint32 node)
    {
        if (isPathRoot(tree, node) || isPathElement(tree, node))
            return;
        static const QRegularExpression index(QStringLiteral("\\[\\d+\\]"));
        static const QRegularExpression plain(QStringLiteral("^[\\w@$-]+$"),
                                              QRegularExpression::UseUnicodePropertiesOption);
        // One path for all elements.
        const QString path = nodePath(tree, node).replace(index, QStringLiteral("[*]"));
        if (m_fields.contains(path))
            return;
        add(m_fields, path);
        if (const QString name = tree.name(node); plain.match(name).hasMatch())
            add(m_fields, name);
    }

    static void add(QSet<QString> &words, const QString &word)
    {
        if (!word.isEmpty() && word.size() <= MaxSeenWord && words.size() < MaxSeen)
            words.insert(word);
    }

    static QStringList sorted(const QSet<QString> &words)
    {
        QStringList list(words.begin(), words.end());
        std::ranges::sort(list, [](const QString &a, const QString &b) {
            // Names before paths.
            const bool isPathA = a.startsWith(u'$');
            const bool isPathB = b.startsWith(u'$');
            return isPathA == isPathB ? a < b : isPathB;
        });
        return list;
    }

    QSet<QString> m_formats;
    QSet<QString> m_messages;
    QSet<QString> m_topics;
    QSet<QString> m_fields;
};

} // namespace

FilterHints seenMessages(const CaptureReader &capture, const std::shared_ptr<const FormatSet> &formats,
                         const CancelToken &cancel)
{
    const Result<EntryId> last = capture.lastEntry();
    if (!last)
        return {};
    Seen seen;
    const auto walk = [&](EntryId from, EntryId to) {
        MessageWalk messages(capture, formats);
        // What cannot be read now is told by those who need it.
        static_cast<void>(messages.forEach(from, to, cancel, [&seen](const WalkedMessage &message) {
            seen.take(message);
            return true;
        }));
    };
    const EntryId begun(std::min(last->value(), SeenEntries));
    walk(EntryId(1), begun);
    if (begun < last.value())
        walk(EntryId(std::max(begun.value() + 1, last->value() - SeenEntries + 1)), last.value());
    return seen.hints();
}

} // namespace sockeye
