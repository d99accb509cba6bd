#include "widgets/controls/Prompts.h"

#include "widgets/controls/OutsideText.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

namespace sockeye {
namespace {

QFileDialog *fileDialog(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen)
{
    auto *dialog = new QFileDialog(parent, request.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(request.filter.split(QStringLiteral(";;"), Qt::SkipEmptyParts));
    dialog->setDefaultSuffix(request.suffix);
    if (const QFileInfo info(request.path); info.isDir()) {
        dialog->setDirectory(request.path);
    } else if (!request.path.isEmpty()) {
        dialog->setDirectory(info.absolutePath());
        dialog->selectFile(info.fileName());
    }
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    return dialog;
}

/// Names, reasons and URLs stand in it to the letter.
QMessageBox *messageBox(QWidget *parent, QMessageBox::Icon icon, const QString &title, const QString &text,
                        const QString &details)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(icon);
    box->setWindowTitle(plainTitle(title));
    box->setTextFormat(Qt::PlainText);
    box->setText(text);
    if (details.isEmpty())
        return box;
    // The box has no format for this text, which gets a label of its own: made first, filled then.
    box->setInformativeText(QStringLiteral(" "));
    const QList<QLabel *> labels = box->findChildren<QLabel *>();
    for (QLabel *label : labels)
        label->setTextFormat(Qt::PlainText);
    box->setInformativeText(details);
    return box;
}

} // namespace

void DialogPrompts::confirm(QWidget *parent, const Question &question, std::function<void()> accepted)
{
    QMessageBox *box = messageBox(parent, QMessageBox::Question, question.title, question.text, {});
    box->addButton(QMessageBox::Cancel);
    QPushButton *accept = box->addButton(question.accept, QMessageBox::AcceptRole);
    // Cancel is what Enter does: going ahead is a choice, never a slip.
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(accept, &QPushButton::clicked, parent, std::move(accepted));
    box->open();
}

void DialogPrompts::tell(QWidget *parent, const QString &title, const QString &text, const QString &details)
{
    QMessageBox *box = messageBox(parent, QMessageBox::Warning, title, text, details);
    box->addButton(QMessageBox::Ok);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->open();
}

void DialogPrompts::openFile(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen)
{
    QFileDialog *dialog = fileDialog(parent, request, std::move(chosen));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->open();
}

void DialogPrompts::saveFile(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen)
{
    QFileDialog *dialog = fileDialog(parent, request, std::move(chosen));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->open();
}

void DialogPrompts::openFolder(QWidget *parent, const FileRequest &request, std::function<void(const QString &)> chosen)
{
    QFileDialog *dialog = fileDialog(parent, request, std::move(chosen));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->open();
}

} // namespace sockeye
