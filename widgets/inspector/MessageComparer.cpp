#include "widgets/inspector/MessageComparer.h"

#include "base/CombiningMarks.h"
#include "base/Units.h"
#include "decode/NodePath.h"
#include "document/EntryDetails.h"
#include "formats/FormatSet.h"
#include "reading/CaptureJob.h"
#include "reading/CaptureLoader.h"

#include <QClipboard>
#include <QGuiApplication>

namespace sockeye {

namespace {
/// A longer text on the clipboard is not looked at.
constexpr qsizetype MaxClipboard = 1024 * 1024;

/// A way to a value, of which the end says most.
QString cutPath(const QString &path)
{
    constexpr qsizetype FewCharacters = 60;
    return withFewMarks(path.size() > FewCharacters ? u'…' + path.right(FewCharacters) : path);
}

/// What is compared with what.
struct Comparands
{
    const CompareChoice &choice;
    const Entry &entry;
    const QString &clipboard;
    const FormatSet &formats;
};

/// What cannot be read is not there.
std::optional<ComparedMessage> valueOf(const Result<std::optional<ComparedMessage>> &found)
{
    return found ? found.value() : std::nullopt;
}

std::optional<ComparedMessage> comparedValues(const CaptureReader &capture, const Comparands &comparands,
                                              const NodeTree &tree, const CancelToken &cancel)
{
    switch (comparands.choice.with) {
    case CompareChoice::With::Nothing:
        break;
    case CompareChoice::With::Previous:
        return valueOf(compareWithPrevious(capture, comparands.entry, tree, comparands.formats, cancel));
    case CompareChoice::With::Entry:
        return valueOf(compareWithEntry(capture, comparands.choice.entry, tree, comparands.formats, cancel));
    case CompareChoice::With::Clipboard:
        if (comparands.clipboard.size() <= MaxClipboard)
            return compareWithText(comparands.clipboard.toUtf8(), tree, comparands.formats, cancel);
        break;
    }
    return {};
}

std::optional<ComparedMessage> comparedBytes(const CaptureReader &capture, const Comparands &comparands,
                                             const CancelToken &cancel)
{
    switch (comparands.choice.with) {
    case CompareChoice::With::Nothing:
        break;
    case CompareChoice::With::Previous:
        return valueOf(compareBytesWithPrevious(capture, comparands.entry, cancel));
    case CompareChoice::With::Entry:
        return valueOf(compareBytesWithEntry(capture, comparands.entry, comparands.choice.entry, cancel));
    case CompareChoice::With::Clipboard:
        if (!comparands.clipboard.isEmpty() && comparands.clipboard.size() <= MaxClipboard)
            return valueOf(compareBytesWithText(capture, comparands.entry, comparands.clipboard.toUtf8(), cancel));
        break;
    }
    return {};
}

QString bytesSentence(const QString &with, const ByteDiff &diff)
{
    if (diff.isSame())
        return MessageComparer::tr("It has the same bytes as %1.").arg(with);
    QStringList parts;
    const auto add = [&parts](qint64 bytes, const QString &text) {
        if (bytes > 0)
            parts += text.arg(sizeText(bytes));
    };
    add(diff.replacedBytes(), MessageComparer::tr("%1 changed"));
    add(diff.addedBytes(), MessageComparer::tr("%1 new"));
    add(diff.goneBytes(), MessageComparer::tr("%1 gone"));
    const auto count = static_cast<qint64>(diff.changes.size());
    const QString places =
        count == 1 ? MessageComparer::tr("in one place") : MessageComparer::tr("in %1 places").arg(countText(count));
    const QString sentence = MessageComparer::tr("Compared with %1 byte by byte: %2, %3.")
                                 .arg(with, parts.join(QStringLiteral(", ")), places);
    return diff.isCut ? sentence + u' ' +
                            MessageComparer::tr("From byte %1 on the differences are not told apart.")
                                .arg(countText(diff.changes.back().now.begin))
                      : sentence;
}

/// Why there is no other message.
QString nothingSentence(const CompareChoice &choice, bool isByBytes)
{
    const QString most = sizeText(isByBytes ? MaxComparedBytes : EntryDetails::MaxText);
    switch (choice.with) {
    case CompareChoice::With::Entry:
        return MessageComparer::tr("Entry %1 cannot be compared with: one of both is longer than %2.")
            .arg(countText(choice.entry.value()), sizeText(MaxComparedBytes));
    case CompareChoice::With::Previous:
        return isByBytes
                   ? MessageComparer::tr("None of the %1 entries before is of the same kind and no longer than %2.")
                         .arg(countText(MaxComparedBack), most)
                   : MessageComparer::tr("None of the %1 entries before has the same shape; those longer than %2 are "
                                         "not looked at.")
                         .arg(countText(MaxComparedBack), most);
    case CompareChoice::With::Nothing:
    case CompareChoice::With::Clipboard:
        break;
    }
    return MessageComparer::tr("There is nothing to compare with.");
}

} // namespace

MessageComparer::MessageComparer(QObject *parent)
    : QObject(parent)
{
}

MessageComparer::~MessageComparer() = default;

void MessageComparer::cancel()
{
    if (m_job)
        m_job->cancel();
}

void MessageComparer::compare(const CompareChoice &choice, CaptureLoader *loader, const Entry &entry,
                              const std::shared_ptr<const NodeTree> &tree,
                              const std::shared_ptr<const FormatSet> &formats)
{
    using With = CompareChoice::With;
    cancel();
    if (choice.with == With::Nothing || !loader || (choice.with == With::Entry && choice.entry == entry.id)) {
        Q_EMIT compared(tree, {});
        return;
    }
    if (!m_job || m_path != loader->path()) {
        m_path = loader->path();
        m_job = std::make_unique<CaptureJob>(m_path);
    }
    const QString clipboard = choice.with == With::Clipboard ? QGuiApplication::clipboard()->text() : QString();
    m_job->start([this, choice, entry, tree, formats, clipboard](const CaptureReader &capture, const JobContext &job) {
        const Comparands comparands{choice, entry, clipboard, *formats};
        std::optional<ComparedMessage> other = tree ? comparedValues(capture, comparands, *tree, job.token())
                                                    : comparedBytes(capture, comparands, job.token());
        if (!other && tree && choice.with != With::Previous)
            other = comparedBytes(capture, comparands, job.token());
        job.report([this, tree, other] { Q_EMIT compared(tree, other); });
    });
}

bool MessageComparer::isRunning() const
{
    return m_job && m_job->isRunning();
}

QString MessageComparer::sentence(const CompareChoice &choice, const std::optional<ComparedMessage> &other,
                                  bool isByBytes)
{
    if (!other)
        return nothingSentence(choice, isByBytes);
    const QString with =
        other->entry == EntryId() ? tr("the clipboard") : tr("entry %1").arg(countText(other->entry.value()));
    if (other->bytes)
        return bytesSentence(with, *other->bytes);
    const NodeDiff &diff = other->nodes->diff;
    if (diff.isSame())
        return tr("It says the same as %1.").arg(with);
    QStringList parts;
    if (diff.changedCount > 0)
        parts += tr("%n changed", nullptr, diff.changedCount);
    if (diff.addedCount > 0)
        parts += tr("%n new", nullptr, diff.addedCount);
    if (!diff.gone.empty()) {
        constexpr qsizetype FewNames = 3;
        QStringList names;
        for (const qint32 gone : diff.gone) {
            if (names.size() < FewNames)
                names += cutPath(nodePath(*other->nodes->before, gone));
        }
        if (qsizetype(diff.gone.size()) > FewNames)
            names += QStringLiteral("…");
        parts += tr("%n gone: %1", nullptr, static_cast<int>(diff.gone.size())).arg(names.join(QStringLiteral(", ")));
    }
    return tr("Compared with %1: %2.").arg(with, parts.join(QStringLiteral(", ")));
}

} // namespace sockeye
