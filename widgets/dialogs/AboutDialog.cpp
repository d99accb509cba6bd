#include "widgets/dialogs/AboutDialog.h"

#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

namespace sockeye {

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Sockeye"));
    setAccessibleName(windowTitle());
    constexpr int LogoSize = 64;
    auto *logo = new QLabel(this);
    logo->setPixmap(icons::application().pixmap(QSize(LogoSize, LogoSize), devicePixelRatioF()));
    logo->setAccessibleName(tr("Sockeye's icon"));
    logo->setAlignment(Qt::AlignHCenter);
    auto *name = new QLabel(QStringLiteral("Sockeye " SOCKEYE_VERSION), this);
    name->setProperty("title", true);
    name->setAlignment(Qt::AlignHCenter);
    auto *text =
        new QLabel(tr("A native client for debugging WebSocket endpoints.\nFree software under the MIT licence.\n"
                      "Built with Qt %1 and SQLite.")
                       .arg(QString::fromLatin1(qVersion())),
                   this);
    text->setProperty("dim", true);
    text->setAlignment(Qt::AlignHCenter);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setCenterButtons(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 4, theme::Gap * 3, theme::Gap * 4, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(logo);
    layout->addWidget(name);
    layout->addWidget(text);
    layout->addSpacing(theme::Gap);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace sockeye
