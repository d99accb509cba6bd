#include "widgets/help/ReportDialog.h"

#include "versions/Versions.h"
#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int Width = 480;
constexpr int ShownLines = 8;

QString reportText()
{
    const QString screen =
        ReportDialog::tr("%1, scale %2").arg(QGuiApplication::platformName()).arg(qApp->devicePixelRatio());
    return versionsText() + u'\n' + screen;
}

} // namespace

ReportDialog::ReportDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Report a problem"));
    setAccessibleName(windowTitle());
    auto *about = new QLabel(tr("Write down what you did, what you expected and what happened, and send it with the "
                                "versions below to whom you have Sockeye from. A capture shows a connection best: Save "
                                "capture as… keeps one in a file. It holds everything that was sent and received, "
                                "secrets too; an export masks them."),
                             this);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    auto *versions = new QPlainTextEdit(reportText(), this);
    describe(versions, tr("Versions"), tr("What Sockeye is made of and runs on"));
    versions->setReadOnly(true);
    versions->setFont(theme::dataFont());
    versions->setTabChangesFocus(true);
    versions->setMinimumHeight(versions->fontMetrics().lineSpacing() * ShownLines);
    auto *copied = new QLabel(this);
    copied->setTextFormat(Qt::PlainText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("&Copy versions"), QDialogButtonBox::ActionRole);
    describe(copy, tr("Copy versions"), tr("Put these lines on the clipboard; nothing is sent"));
    copy->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap * 2);
    layout->addWidget(about);
    layout->addWidget(versions, 1);
    layout->addWidget(copied);
    layout->addWidget(buttons);
    setMinimumWidth(Width);
    connect(copy, &QPushButton::clicked, this, [versions, copied] {
        QGuiApplication::clipboard()->setText(versions->toPlainText());
        copied->setText(tr("The versions are on the clipboard."));
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace sockeye
