#include "widgets/log/LogCommands.h"

#include "base/Units.h"
#include "document/Resender.h"
#include "reading/Annotations.h"
#include "reading/CaptureLoader.h"
#include "requests/RequestReader.h"
#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/GoToDialog.h"
#include "widgets/dialogs/NoteDialog.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"

#include <QApplication>
#include <QClipboard>

#include <algorithm>

namespace sockeye {

LogCommands::LogCommands(LogView *view, FilterBar *filter, Prompts &prompts)
    : QObject(view)
    , m_view(view)
    , m_filter(filter)
    , m_prompts(prompts)
{
    connect(view, &LogView::selectedRowsChanged, this, &LogCommands::sumUp);
}

LogCommands::~LogCommands() = default;

void LogCommands::setCapture(LogModel *model, CaptureLoader *loader, Annotations *annotations)
{
    m_resender.reset();
    m_model = model;
    m_loader = loader;
    m_annotations = annotations;
    sumUp();
}

void LogCommands::setConnection(Send send, std::function<qint64()> sentSoFar)
{
    m_send = std::move(send);
    m_sentSoFar = std::move(sentSoFar);
}

void LogCommands::connectionChanged(bool isOpen)
{
    m_isOpen = isOpen;
    if (m_resender)
        m_resender->goOn(isOpen);
}

// The selection

const Entry *LogCommands::current() const
{
    return m_model ? m_model->entry(m_view->currentEntry()) : nullptr;
}

const Annotations *LogCommands::annotations() const
{
    return m_annotations;
}

qint64 LogCommands::selectedCount() const
{
    return countOf(m_view->selectedRanges());
}

QList<EntryId> LogCommands::selectedIds(qint64 most) const
{
    QList<EntryId> ids;
    if (!m_model)
        return ids;
    for (const auto &[first, last] : m_view->selectedRanges()) {
        for (Row row = first; row <= last && ids.size() < most; ++row)
            ids.append(m_model->entryAt(row));
    }
    return ids;
}

QList<EntryId> LogCommands::idsToAnnotate()
{
    if (!m_annotations)
        return {};
    if (selectedCount() > MaxAnnotated) {
        Q_EMIT statusText(tr("Select at most %L1 entries to mark them.").arg(MaxAnnotated));
        return {};
    }
    return selectedIds(MaxAnnotated);
}

bool LogCommands::isBookmarked() const
{
    if (!m_annotations || selectedCount() > MaxAnnotated)
        return false;
    const QList<EntryId> ids = selectedIds(MaxAnnotated);
    return !ids.isEmpty() && std::all_of(ids.begin(), ids.end(), [this](EntryId id) {
        const Annotation *annotation = m_annotations->find(id);
        return annotation && annotation->bookmarked;
    });
}

bool LogCommands::isSendable() const
{
    constexpr qint64 Looked = 1000;
    const QList<EntryId> ids = selectedIds(Looked);
    return std::any_of(ids.begin(), ids.end(), [this](EntryId id) {
        const Entry *entry = m_model->entry(id);
        return !entry || Resender::isSendable(entry->kind);
    });
}

void LogCommands::sumUp()
{
    const qint64 count = m_model ? selectedCount() : 0;
    const QString selected = count > 1 ? tr("%L1 selected").arg(count) : QString();
    if (selected != m_summary) {
        m_summary = selected;
        Q_EMIT selectionText(m_summary);
    }
    if (!m_model)
        return;
    // The totals of fewer than two rows are read as well, because that replaces an earlier question.
    m_model->readSums(m_view->selectedRanges(), this, [this, count, selected](const SelectionSums &sums) {
        if (count < 2 || selectedCount() != count)
            return;
        m_summary =
            QStringLiteral("%1 · %2 · %3").arg(selected, sizeText(sums.bytes), durationText(sums.last - sums.first));
        Q_EMIT selectionText(m_summary);
    });
}

// Commands on the selection

void LogCommands::copy(CopyFormat format)
{
    if (!m_model || selectedCount() == 0)
        return;
    m_view->copySelection(format);
}

void LogCommands::toggleBookmark()
{
    const QList<EntryId> ids = idsToAnnotate();
    if (!ids.isEmpty())
        m_annotations->toggleBookmarks(ids);
}

void LogCommands::setColour(int colour)
{
    const QList<EntryId> ids = idsToAnnotate();
    if (!ids.isEmpty())
        m_annotations->setColour(ids, colour);
}

void LogCommands::editNote()
{
    const QList<EntryId> ids = idsToAnnotate();
    if (ids.isEmpty())
        return;
    const Annotation *first = m_annotations->find(ids.first());
    auto *dialog = new NoteDialog(first ? first->note : QString(), ids.size(), m_view);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Those of this capture: another one may be shown by then.
    connect(dialog, &QDialog::accepted, m_annotations,
            [annotations = m_annotations.data(), dialog, ids] { annotations->setNote(ids, dialog->note()); });
    dialog->open();
}

void LogCommands::measureFromHere()
{
    m_view->measureFrom(m_view->currentEntry());
}

void LogCommands::narrowTo(const QString &filter)
{
    m_filter->setText(filter);
}

void LogCommands::widenBy(const QString &term)
{
    const QString before = m_filter->text().trimmed();
    m_filter->setText(before.isEmpty() ? term : before + QStringLiteral(" or ") + term);
}

void LogCommands::narrowBy(const QString &term)
{
    const QString before = m_filter->text().trimmed();
    // "a or b -c" would be read as "a or (b -c)".
    const bool hasOr = before.contains(QStringLiteral(" or "), Qt::CaseInsensitive);
    const QString held = hasOr ? u'(' + before + u')' : before;
    m_filter->setText(held.isEmpty() ? term : held + u' ' + term);
}

void LogCommands::sendAgain()
{
    if (!m_isOpen || !m_loader || !m_send)
        return;
    const qint64 count = selectedCount();
    if (count > MaxSent) {
        Q_EMIT statusText(tr("Select at most %L1 entries to send them again.").arg(MaxSent));
        return;
    }
    const QList<EntryId> ids = selectedIds(MaxSent);
    if (count <= SentUnasked) {
        startSending(ids);
        return;
    }
    const Question question{tr("Send again"), tr("Send %L1 entries again, one after the other?").arg(count),
                            tr("Send")};
    m_prompts.confirm(m_view, question, [this, ids] { startSending(ids); });
}

void LogCommands::startSending(const QList<EntryId> &ids)
{
    if (ids.isEmpty() || !m_loader || !m_isOpen)
        return;
    if (m_resender && m_resender->isRunning())
        return m_resender->start(ids);
    m_resender = std::make_unique<Resender>(*m_loader, m_send, m_sentSoFar);
    connect(m_resender.get(), &Resender::finished, this, [this](qint64 sent, qint64 skipped) {
        QString text = sent == 1 ? tr("Sent 1 entry again") : tr("Sent %L1 entries again").arg(sent);
        if (skipped > 0)
            text += tr("; left out %L1 that cannot be sent").arg(skipped);
        Q_EMIT statusText(text);
    });
    connect(m_resender.get(), &Resender::failed, this, &LogCommands::failed);
    m_resender->start(ids);
}

// Going to an entry

void LogCommands::goTo()
{
    if (!m_model || !m_loader)
        return;
    GoToContext context{m_model->lastEntry(), std::nullopt, m_model->timeFormat()};
    auto *dialog = new GoToDialog(context, m_view);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GoToDialog::entryChosen, this, [this](EntryId id) {
        if (m_view->goToEntry(id) != id)
            Q_EMIT statusText(tr("Entry %L1 is not shown; this is the nearest one before it.").arg(id.value()));
    });
    connect(dialog, &GoToDialog::timeChosen, this, &LogCommands::goToTime);
    const auto read = [](const CaptureReader &capture) { return capture.timeline().timeSpan(); };
    m_loader->read(dialog, read, [dialog, context](const Result<std::optional<TimeSpan>> &span) mutable {
        if (span)
            context.span = span.value();
        dialog->setContext(context);
    });
    dialog->open();
}

/// From a request to its answer, and back.
void LogCommands::goToPartner()
{
    const EntryId from = m_view->currentEntry();
    if (!m_model || !m_model->requests() || from == EntryId())
        return;
    // The whole capture may have to be read: asked again, it stops.
    if (m_model->requests()->isSearching()) {
        m_model->requests()->cancelSearch();
        Q_EMIT statusText(tr("Stopped looking"));
        return;
    }
    m_model->requests()->findPartner(from, this, [this, from, model = m_model](EntryId partner) {
        // Meanwhile the user may have gone elsewhere, and stays there.
        if (!m_model || m_model != model || m_view->currentEntry() != from) {
            Q_EMIT statusText(QString());
            return;
        }
        if (partner == EntryId()) {
            const bool isRequest = m_model && m_model->requests() && m_model->requests()->index()->isRequest(from);
            Q_EMIT statusText(isRequest ? tr("This request has no answer")
                                        : tr("This entry neither asks nor answers, as far as its protocol is known"));
        } else if (m_view->goToEntry(partner) != partner) {
            Q_EMIT statusText(tr("Entry %L1 is not shown; this is the nearest one before it.").arg(partner.value()));
        }
    });
    if (m_model && m_model->requests() && m_model->requests()->isSearching())
        Q_EMIT statusText(tr("Looking for the request or the answer… The same key again stops it"));
}

void LogCommands::goToTime(Timestamp time)
{
    if (!m_model)
        return;
    m_model->rowAtTime(time, this, [this](Row row) {
        if (m_model)
            m_view->goToEntry(m_model->entryAt(row));
    });
}

void LogCommands::goStep(LogStep step, bool forward)
{
    if (!m_model || m_model->rowCount() == 0)
        return;
    EntryId from = m_view->currentEntry();
    // Without a current entry, the step begins at the visible rows.
    if (from.value() == 0) {
        const LogGeometry &geometry = m_view->geometryOfRows();
        from = forward ? m_model->entryAt(geometry.firstVisible()) - 1 : m_model->entryAt(geometry.lastVisible()) + 1;
        if (step == LogStep::SameDirection)
            from = m_model->entryAt(forward ? geometry.firstVisible() : geometry.lastVisible());
    }
    m_model->step(from, step, forward, this, [this, forward](EntryId found) {
        if (found.value() > 0)
            m_view->goToEntry(found);
        else
            Q_EMIT statusText(forward ? tr("None below") : tr("None above"));
    });
}

void LogCommands::zoomIn()
{
    m_view->setZoom(m_view->zoom() + 1);
}

void LogCommands::zoomOut()
{
    m_view->setZoom(m_view->zoom() - 1);
}

void LogCommands::resetZoom()
{
    m_view->setZoom(0);
}

void LogCommands::toggleRawPreview()
{
    m_view->setRawPreview(!m_view->hasRawPreview());
}

void LogCommands::toggleDimsSame()
{
    m_view->setDimsSame(!m_view->dimsSame());
}

bool LogCommands::dimsSame() const
{
    return m_view->dimsSame();
}

bool LogCommands::hasRawPreview() const
{
    return m_view->hasRawPreview();
}

void LogCommands::chooseDensity(LogDensity density)
{
    m_view->setDensity(density);
}

LogDensity LogCommands::density() const
{
    return m_view->density();
}

void LogCommands::chooseColumns()
{
    const QHeaderView *header = m_view->header();
    m_view->columnHeader()->showMenu(header->mapToGlobal(header->rect().bottomLeft()));
}

} // namespace sockeye
