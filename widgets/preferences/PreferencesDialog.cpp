#include "widgets/preferences/PreferencesDialog.h"

#include "widgets/preferences/AppearancePage.h"
#include "widgets/preferences/CapturesPage.h"
#include "widgets/preferences/ConnectionsPage.h"
#include "widgets/preferences/LogPage.h"
#include "widgets/preferences/SafetyPage.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

namespace sockeye {
namespace {

constexpr QSize PreferredSize(840, 500);

} // namespace

PreferencesDialog::PreferencesDialog(const Parts &parts, CaptureFolderChoice &captureFolder, QWidget *parent)
    : QDialog(parent)
    , m_pages(new QTabWidget(this))
{
    setWindowTitle(tr("Preferences"));
    setAccessibleName(windowTitle());
    resize(PreferredSize);
    m_pages->setAccessibleName(tr("Preference pages"));
    auto *log = new LogPage(parts.settings, this);
    auto *captures = new CapturesPage(parts.settings, captureFolder, parts.retention, parts.prompts, this);
    addPage(new AppearancePage(parts.settings, parts.theme, this), tr("Appearance"));
    addPage(log, tr("Log"));
    addPage(captures, tr("Captures"));
    addPage(new ConnectionsPage(parts.settings, this), tr("Connections"));
    addPage(new SafetyPage(parts.settings, this), tr("Safety"));
    connect(log, &LogPage::lookChanged, this, &PreferencesDialog::lookChanged);

    auto *about = new QLabel(tr("What you choose holds at once."), this);
    about->setProperty("dim", true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    // Return in a field ends the editing there.
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *foot = new QHBoxLayout;
    foot->addWidget(about, 1);
    foot->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_pages, 1);
    layout->addLayout(foot);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void PreferencesDialog::addPage(QWidget *page, const QString &title)
{
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(title);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    m_pages->addTab(scroll, title);
}

} // namespace sockeye
