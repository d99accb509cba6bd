#include "widgets/dialogs/NoteDialog.h"

#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

NoteDialog::NoteDialog(const QString &note, qint64 entries, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QPlainTextEdit(note, this))
{
    constexpr QSize PreferredSize(440, 220);
    setWindowTitle(entries == 1 ? tr("Note") : tr("Note on %L1 entries").arg(entries));
    setAccessibleName(windowTitle());
    resize(PreferredSize);
    describe(m_edit, tr("Note"), tr("What is worth knowing about this; kept in the capture. Empty for no note."));
    m_edit->setPlaceholderText(tr("Kept in the capture; empty for no note"));
    m_edit->setTabChangesFocus(true);
    m_edit->moveCursor(QTextCursor::End);
    m_edit->installEventFilter(this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    QPushButton *save = buttons->button(QDialogButtonBox::Save);
    save->setToolTip(tr("Keep the note (Ctrl+Return)"));
    setStyleRole(save, "primary", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap * 2);
    layout->addWidget(m_edit, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QString NoteDialog::note() const
{
    return m_edit->toPlainText().trimmed();
}

bool NoteDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isReturn && key->modifiers().testFlag(Qt::ControlModifier)) {
            accept();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace sockeye
