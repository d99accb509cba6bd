#include "plot/FieldSampler.h"

#include "decode/NodePath.h"
#include "fields/FieldFinder.h"
#include "fields/MessageWalk.h"
#include "reading/CaptureReader.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace sockeye {

namespace {

/// Stretches of the capture that are looked at, and entries of each.
constexpr qint64 Stretches = 8;
constexpr qint64 StretchEntries = 100;
/// Of one message.
constexpr qint32 MaxSampledNodes = 2000;

/// Text that is written as a number is rarely meant as one: numbers alone are offered.
bool isNumber(const NodeTree &tree, qint32 node)
{
    return tree.at(node).kind == Node::Kind::Number && numberAt(tree, node).has_value();
}

QString anyElement(QString path)
{
    static const QRegularExpression index(QStringLiteral("\\[\\d+\\]"));
    return path.replace(index, QStringLiteral("[*]"));
}

} // namespace

Result<QStringList> FieldSampler::numberPaths(const CaptureReader &capture,
                                              const std::shared_ptr<const FormatSet> &formats,
                                              const CancelToken &cancel)
{
    const Result<EntryId> last = capture.lastEntry();
    if (!last)
        return last.error();
    QHash<QString, qint64> counts;
    MessageWalk walk(capture, formats);
    const auto count = [&counts](const WalkedMessage &message) {
        for (qint32 i = 0; message.tree && i < std::min(message.tree->size(), MaxSampledNodes); ++i) {
            if (isNumber(*message.tree, i) && counts.size() < MaxPaths)
                ++counts[anyElement(nodePath(*message.tree, i))];
        }
        return true;
    };
    const qint64 step = std::max(last.value().value() / Stretches, StretchEntries);
    for (EntryId first(1); first <= last.value() && !cancel.isCancelled(); first = first + step) {
        const EntryId end = std::min(last.value(), first + (StretchEntries - 1));
        if (const Result<> walked = walk.forEach(first, end, cancel, count); !walked)
            return walked.error();
    }
    QStringList paths = counts.keys();
    std::sort(paths.begin(), paths.end(), [&counts](const QString &a, const QString &b) {
        return counts.value(a) != counts.value(b) ? counts.value(a) > counts.value(b) : a < b;
    });
    return paths;
}

} // namespace sockeye
