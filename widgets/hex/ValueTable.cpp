#include "widgets/hex/ValueTable.h"

#include "widgets/hex/ValueModel.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace sockeye {

ValueTable::ValueTable(QWidget *parent)
    : QTableView(parent)
    , m_model(new ValueModel(this))
{
    setModel(m_model);
    setAccessibleName(tr("All values at the selection"));
    setFrameShape(QFrame::NoFrame);
    setFont(theme::dataFont());
    setShowGrid(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(ValueModel::NameColumn, QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(ValueModel::LittleColumn, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(ValueModel::BigColumn, QHeaderView::Stretch);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!m_model->hasOrder(row))
            setSpan(row, ValueModel::LittleColumn, 1, 2);
    }
    updateRowHeight();
    setCurrentIndex(m_model->index(0, ValueModel::LittleColumn));
    connect(this, &QTableView::clicked, this, &ValueTable::choose);
}

void ValueTable::setBytes(const QByteArray &bytes)
{
    m_model->setBytes(bytes);
}

int ValueTable::heightOf(int rows) const
{
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize();
}

void ValueTable::choose(const QModelIndex &index)
{
    const qsizetype size = m_model->sizeOf(index);
    if (size > 0)
        Q_EMIT valueChosen(size);
}

void ValueTable::updateRowHeight()
{
    verticalHeader()->setDefaultSectionSize(QFontMetrics(font()).height() + 4);
}

bool ValueTable::event(QEvent *event)
{
    // The key is this table's while it has the focus, whatever the window's menus do with it elsewhere.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void ValueTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(currentIndex());
    else if (event->matches(QKeySequence::Copy) && currentIndex().isValid())
        QGuiApplication::clipboard()->setText(currentIndex().data().toString());
    else
        QTableView::keyPressEvent(event);
}

void ValueTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateRowHeight();
}

} // namespace sockeye
