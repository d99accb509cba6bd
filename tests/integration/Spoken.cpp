#include "integration/Spoken.h"

#include "fields/FieldFinder.h"
#include "formats/FormatSet.h"
#include "reading/CaptureReader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye::test {

QStringList SpokenMessage::at(const QString &path) const
{
    const auto parsed = FieldPath::parse(path);
    if (!parsed)
        return {u"no path: "_s + path};
    FieldFinder finder(parsed.value());
    QStringList texts;
    for (const qint32 node : finder.in(tree))
        texts += tree.text(node);
    return texts;
}

QStringList Spoken::lines(Direction direction, ConnectionId connection) const
{
    QStringList lines;
    for (const SpokenMessage &message : messages) {
        if (message.direction == direction && message.connection == connection)
            lines += message.tree.summary;
    }
    return lines;
}

const SpokenMessage *Spoken::find(QStringView words) const
{
    const auto found = std::ranges::find_if(
        messages, [words](const SpokenMessage &message) { return message.tree.summary.startsWith(words); });
    return found == messages.end() ? nullptr : &*found;
}

QString Spoken::problem(const QStringList &formats) const
{
    for (const SpokenMessage &message : messages) {
        const QString place = u"entry %1 (%2): "_s.arg(message.id.value()).arg(message.tree.summary);
        if (!formats.contains(message.format))
            return place + u"taken for \"%1\""_s.arg(message.format);
        if (message.certainty != Certainty::Sure)
            return place + u"only a guess"_s;
        if (message.tree.error)
            return place + message.tree.error->rule;
    }
    return {};
}

Result<Spoken> readSpoken(const QString &path)
{
    const Result<std::unique_ptr<CaptureReader>> capture = CaptureReader::open(path);
    if (!capture)
        return capture.error();
    const Result<EntryId> last = capture.value()->lastEntry();
    if (!last)
        return last.error();
    Spoken spoken;
    MessageWalk walk(*capture.value(), FormatSet::standard());
    walk.setSummarized(true);
    const Result<> walked =
        walk.forEach(EntryId(1), last.value(), CancelToken(), [&spoken](const WalkedMessage &message) {
            spoken.messages.append({message.id, message.connection, message.direction, message.time,
                                    message.format ? message.format->id() : QString(), message.certainty,
                                    message.tree ? *message.tree : NodeTree()});
            return true;
        });
    if (!walked)
        return walked.error();
    return spoken;
}

} // namespace sockeye::test
