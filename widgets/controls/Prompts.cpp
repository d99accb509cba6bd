#include "widgets/controls/Prompts.h"

#include <QFileDialog>
#include <QFileInfo>
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

} // namespace

void DialogPrompts::confirm(QWidget *parent, const Question &question, std::function<void()> accepted)
{
    auto *box = new QMessageBox(QMessageBox::Question, question.title, question.text, QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *accept = box->addButton(question.accept, QMessageBox::AcceptRole);
    // Cancel is what Enter does: going ahead is a choice, never a slip.
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(accept, &QPushButton::clicked, parent, std::move(accepted));
    box->open();
}

void DialogPrompts::tell(QWidget *parent, const QString &title, const QString &text, const QString &details)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, text, QMessageBox::Ok, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(details);
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

} // namespace sockeye
