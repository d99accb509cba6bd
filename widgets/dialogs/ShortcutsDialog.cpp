#include "widgets/dialogs/ShortcutsDialog.h"

#include "widgets/controls/ActionWords.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace sockeye {
namespace {

constexpr QSize ShortcutsSize(460, 560);

using Line = QPair<QString, QString>;

QList<Line> linesOf(const QList<QAction *> &actions)
{
    QList<Line> lines;
    for (const QAction *action : actions) {
        QStringList keys;
        for (const QKeySequence &sequence : action->shortcuts()) {
            // What X11 makes of Shift+Tab, which stands in the list as that already.
            if (sequence[0].key() != Qt::Key_Backtab)
                keys += sequence.toString(QKeySequence::NativeText);
        }
        if (!keys.isEmpty())
            lines += {actionWords(action->text()), keys.join(QStringLiteral(", "))};
    }
    lines += {ShortcutsDialog::tr("Earlier message (in the composer)"), QStringLiteral("Alt+Up")};
    lines += {ShortcutsDialog::tr("Later message (in the composer)"), QStringLiteral("Alt+Down")};
    lines += {ShortcutsDialog::tr("Newest entry, and follow (in the log)"), QStringLiteral("End")};
    lines += {ShortcutsDialog::tr("Back to the log (in the inspector)"), QStringLiteral("Esc")};
    lines += {ShortcutsDialog::tr("Bookmark bytes (in Hex)"), QStringLiteral("Ctrl+D")};
    lines += {ShortcutsDialog::tr("Next bookmark of bytes (in Hex)"), QStringLiteral("F2")};
    lines += {ShortcutsDialog::tr("Next change (in bytes that are compared)"), QStringLiteral("Alt+Down")};
    lines += {ShortcutsDialog::tr("Rename (in the profiles)"), QStringLiteral("F2")};
    lines += {ShortcutsDialog::tr("Duplicate (in the profiles)"), QStringLiteral("Ctrl+D")};
    lines += {ShortcutsDialog::tr("Delete (in the profiles)"), QStringLiteral("Del")};
    return lines;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAccessibleName(windowTitle());
    resize(ShortcutsSize);
    const QList<Line> lines = linesOf(actions);
    auto *table = new QTableWidget(static_cast<int>(lines.size()), 2, this);
    table->setAccessibleName(windowTitle());
    table->setHorizontalHeaderLabels({tr("Action"), tr("Keys")});
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(theme::RowHeight);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(lines[row].first));
        table->setItem(row, 1, new QTableWidgetItem(lines[row].second));
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap * 2);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace sockeye
