#include "widgets/controls/TabRenamer.h"

#include "widgets/controls/Describe.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTabBar>

#include <algorithm>
#include <utility>

namespace sockeye {
namespace {

constexpr int LeastWidth = 120;

} // namespace

TabRenamer::TabRenamer(QTabBar *bar)
    : QObject(bar)
    , m_bar(bar)
{
}

void TabRenamer::start(int index, const QString &name)
{
    finish(false);
    m_line = new QLineEdit(name, m_bar);
    describe(m_line, tr("Name of the tab"),
             tr("Enter takes the name, Escape leaves it as it was; none is its own name"));
    QRect place = m_bar->tabRect(index).adjusted(2, 2, -2, -2);
    place.setWidth(std::max(place.width(), LeastWidth));
    if (place.right() > m_bar->width())
        place.moveRight(m_bar->width());
    m_line->setGeometry(place);
    m_line->selectAll();
    m_line->show();
    m_line->setFocus(Qt::OtherFocusReason);
    m_line->installEventFilter(this);
}

bool TabRenamer::eventFilter(QObject *object, QEvent *event)
{
    if (object != m_line)
        return false;
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason) {
        finish(true);
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape) {
            finish(key != Qt::Key_Escape);
            return true;
        }
    }
    return false;
}

void TabRenamer::finish(bool take)
{
    // Hiding it takes its focus away, which would end here once more.
    QLineEdit *line = std::exchange(m_line, nullptr);
    if (!line)
        return;
    line->removeEventFilter(this);
    line->hide();
    line->deleteLater();
    // A name that nobody typed goes on following what the tab shows.
    if (take && line->isModified())
        Q_EMIT renamed(line->text().trimmed());
}

} // namespace sockeye
