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
        std::optional<ComparedMessage> other;
        const auto take = [&other](const Result<std::optional<ComparedMessage>> &found) {
            if (found)
                other = found.value();
        };
        if (choice.with == With::Clipboard && clipboard.size() <= MaxClipboard)
            other = compareWithText(clipboard.toUtf8(), *tree, *formats, job.token());
        else if (choice.with == With::Entry)
            take(compareWithEntry(capture, choice.entry, *tree, *formats, job.token()));
        else if (choice.with == With::Previous)
            take(compareWithPrevious(capture, entry, *tree, *formats, job.token()));
        job.report([this, tree, other] { Q_EMIT compared(tree, other); });
    });
}

QString MessageComparer::sentence(const CompareChoice &choice, const std::optional<ComparedMessage> &other)
{
    if (!other && choice.with == CompareChoice::With::Entry)
        return tr("Entry %1 cannot be compared with: it is in no format that is known, or longer than %2.")
            .arg(countText(choice.entry.value()), sizeText(EntryDetails::MaxText));
    if (!other)
        return choice.with == CompareChoice::With::Previous
                   ? tr("None of the %1 entries before has the same shape; those longer than %2 are not looked at.")
                         .arg(countText(MaxComparedBack), sizeText(EntryDetails::MaxText))
                   : tr("There is nothing to compare with.");
    const NodeDiff &diff = other->nodes->diff;
    const QString with =
        other->entry == EntryId() ? tr("the clipboard") : tr("entry %1").arg(countText(other->entry.value()));
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
