#include "widgets/dialogs/MergeDialog.h"

#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

MergeDialog::MergeDialog(const QStringList &names, QWidget *parent)
    : QDialog(parent)
    , m_list(new QListWidget(this))
{
    setWindowTitle(tr("Merge view"));
    setAccessibleName(windowTitle());
    constexpr int MinimumWidth = 420;
    setMinimumWidth(MinimumWidth);
    auto *text =
        new QLabel(names.size() < 2 ? tr("A merge view shows two captures or more in one log. Connect or open another "
                                         "one first.")
                                    : tr("Shows what happened in these tabs in one log, in the order of time."),
                   this);
    text->setWordWrap(true);
    m_list->setAccessibleName(tr("Captures to merge"));
    m_list->setToolTip(tr("Space chooses a capture, or leaves it out"));
    for (const QString &name : names) {
        auto *item = new QListWidgetItem(name, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
    }
    m_list->setCurrentRow(0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    QPushButton *ok = buttons->button(QDialogButtonBox::Ok);
    ok->setText(tr("Merge"));
    ok->setAccessibleName(tr("Merge"));
    ok->setToolTip(tr("Open the merge view in a tab of its own"));
    setStyleRole(ok, "primary", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(text);
    layout->addWidget(m_list);
    layout->addWidget(buttons);
    const auto update = [this, ok] { ok->setEnabled(chosen().size() >= 2); };
    update();
    connect(m_list, &QListWidget::itemChanged, this, update);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QList<int> MergeDialog::chosen() const
{
    QList<int> chosen;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            chosen.append(row);
    }
    return chosen;
}

} // namespace sockeye
