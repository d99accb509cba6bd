#include "widgets/log/LogHeaderMenu.h"

#include "log/LogModel.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/log/LogHeader.h"

#include <QActionGroup>

namespace sockeye {

LogHeaderMenu::LogHeaderMenu(LogHeader *header, const LogModel &model, int column)
    : QMenu(header)
    , m_header(*header)
{
    setToolTipsVisible(true);
    addFit(column);
    addColumns();
    addSeparator();
    addTimeFormats(model.timeFormat());
    addDeltas(model.deltaFrom());
}

/// The preview has the room that is left, whatever it says.
void LogHeaderMenu::addFit(int column)
{
    if (column < 0 || column == LogModel::PreviewColumn)
        return;
    QAction *action = addAction(tr("Fit “%1” to its content").arg(withoutMnemonic(m_header.titleOf(column))));
    action->setToolTip(tr("As wide as what it shows needs (double click on its edge)"));
    connect(action, &QAction::triggered, &m_header, [header = &m_header, column] { header->fitColumn(column); });
    addSeparator();
}

void LogHeaderMenu::addColumns()
{
    for (const LogColumn &one : m_header.allColumns().order) {
        QAction *action = addAction(withoutMnemonic(m_header.titleOf(one.column)));
        action->setCheckable(true);
        action->setChecked(!m_header.isSectionHidden(one.column));
        connect(action, &QAction::toggled, &m_header,
                [header = &m_header, column = one.column](bool shown) { header->setColumnShown(column, shown); });
    }
    m_endOfColumns = addSeparator();
    addMoves(addMenu(tr("Move column")));
    QAction *reset = addAction(tr("Reset columns"));
    reset->setEnabled(m_header.columns() != LogColumns::standard() || !m_header.fields().isEmpty());
    connect(reset, &QAction::triggered, &m_header, &LogHeader::resetColumns);
}

/// Does for the keyboard what dragging does for the mouse.
void LogHeaderMenu::addMoves(QMenu *menu)
{
    const QList<int> shown = m_header.shownColumns();
    for (qsizetype i = 0; i < shown.size(); ++i) {
        QMenu *moves = menu->addMenu(withoutMnemonic(m_header.titleOf(shown.at(i))));
        const auto addMove = [&](const QString &text, qsizetype to) {
            QAction *action = moves->addAction(text);
            action->setEnabled(to >= 0 && to < shown.size());
            if (!action->isEnabled())
                return;
            connect(action, &QAction::triggered, &m_header,
                    [header = &m_header, column = shown.at(i), there = shown.at(to)] {
                        header->moveSection(header->visualIndex(column), header->visualIndex(there));
                    });
        };
        addMove(tr("To the left"), i - 1);
        addMove(tr("To the right"), i + 1);
    }
}

void LogHeaderMenu::addTimeFormats(TimeFormat current)
{
    QMenu *menu = addMenu(tr("Show time as"));
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, TimeFormat format) {
        QAction *action = group->addAction(menu->addAction(text));
        action->setCheckable(true);
        action->setChecked(format == current);
        connect(action, &QAction::triggered, this, [this, format] { Q_EMIT timeFormatChosen(format); });
    };
    add(tr("Local time"), TimeFormat::Local);
    add(tr("UTC"), TimeFormat::Utc);
    add(tr("Since the first entry"), TimeFormat::Relative);
    add(tr("Seconds since 1970"), TimeFormat::Epoch);
}

void LogHeaderMenu::addDeltas(DeltaFrom current)
{
    QMenu *menu = addMenu(tr("Measure delta from"));
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, DeltaFrom from) {
        QAction *action = group->addAction(menu->addAction(text));
        action->setCheckable(true);
        action->setChecked(from == current);
        connect(action, &QAction::triggered, this, [this, from] { Q_EMIT deltaFromChosen(from); });
    };
    add(tr("The entry above"), DeltaFrom::Previous);
    add(tr("The selected entry"), DeltaFrom::Selected);
}

} // namespace sockeye
