#include "widgets/options/OptionsDialog.h"

#include "endpoint/UrlParser.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/options/NotificationsPage.h"
#include "widgets/options/ProtocolPage.h"
#include "widgets/options/ProxyPage.h"
#include "widgets/options/QueryPage.h"
#include "widgets/options/RequestPage.h"
#include "widgets/options/TimeoutsPage.h"
#include "widgets/options/TlsPage.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr QSize PreferredSize(760, 700);

} // namespace

OptionsDialog::OptionsDialog(const Endpoint &endpoint, Prompts &prompts, QWidget *parent)
    : QDialog(parent)
    , m_endpoint(endpoint)
    , m_pages(new QTabWidget(this))
    , m_request(new RequestPage(this))
    , m_notifications(new NotificationsPage(this))
{
    setWindowTitle(tr("Connection options"));
    setAccessibleName(windowTitle());
    resize(PreferredSize);
    m_pages->setAccessibleName(tr("Option pages"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_pages, 1);
    addPage(m_request, tr("Request"));
    addPage(new QueryPage(this), tr("Query"));
    addPage(new TlsPage(prompts, this), tr("TLS"));
    addPage(new ProxyPage(this), tr("Proxy"));
    addPage(new ProtocolPage(this), tr("Protocol"));
    addPage(new TimeoutsPage(this), tr("Timeouts"));
    addPage(m_notifications, tr("Notifications"));
    // Last, so that the Tab key comes to them last.
    m_save = new QCheckBox(this);
    m_save->hide();
    layout->addWidget(m_save);
    addButtons();
    m_isLoading = true;
    for (OptionsPage *page : std::as_const(m_all))
        page->load(endpoint);
    m_isLoading = false;
    check();
}

void OptionsDialog::addPage(OptionsPage *page, const QString &title)
{
    QWidget *shown = page;
    // Those two have parts that scroll themselves; the forms would not fit a small screen.
    if (page != m_request && !qobject_cast<QueryPage *>(page)) {
        auto *scroll = new QScrollArea(this);
        scroll->setAccessibleName(title);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setWidget(page);
        scroll->setWidgetResizable(true);
        shown = scroll;
    }
    m_pages->addTab(shown, title);
    m_all += page;
    m_valid += true;
    connect(page, &OptionsPage::changed, this, &OptionsDialog::check);
}

void OptionsDialog::addButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    setStyleRole(m_ok, "primary", true);
    buttons->button(QDialogButtonBox::Cancel)->setToolTip(tr("Leave the options as they were"));
    QPushButton *reset = buttons->addButton(tr("Reset page"), QDialogButtonBox::ResetRole);
    reset->setAutoDefault(false);
    reset->setAccessibleName(tr("Reset page"));
    reset->setToolTip(tr("Put everything on this page back to what a new connection has"));
    const auto add = [this, buttons](const QString &text, const QString &toolTip, Then then) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setAutoDefault(false);
        describe(button, text, toolTip);
        connect(button, &QPushButton::clicked, this, [this, then] { acceptAnd(then); });
        return button;
    };
    m_saveAs = add(tr("Save as profile…"), tr("Use these options, and save them under a name"), Then::SaveAsProfile);
    m_connect = add(tr("Connect"), tr("Use these options, and connect with them now"), Then::Connect);
    layout()->addWidget(buttons);
    connect(reset, &QPushButton::clicked, this, &OptionsDialog::resetPage);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Endpoint OptionsDialog::endpoint() const
{
    Endpoint endpoint = m_endpoint;
    for (const OptionsPage *page : m_all)
        page->store(endpoint);
    return endpoint;
}

void OptionsDialog::setNotifyOptions(const NotifyOptions &options)
{
    m_notifications->setOptions(options);
}

NotifyOptions OptionsDialog::notifyOptions() const
{
    return m_notifications->options();
}

void OptionsDialog::offerProfile(const QString &name)
{
    m_save->setText(tr("Keep in the profile “%1” too").arg(name));
    m_save->setAccessibleName(m_save->text());
    m_save->setToolTip(tr("Write the options to the profile's file"));
    m_save->setChecked(true);
    m_save->show();
}

bool OptionsDialog::saveToProfile() const
{
    return m_save->isVisibleTo(this) && m_save->isChecked();
}

QString OptionsDialog::previewText() const
{
    return m_request->previewText();
}

void OptionsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_ok)
        mark();
}

void OptionsDialog::acceptAnd(Then then)
{
    m_then = then;
    accept();
}

void OptionsDialog::resetPage()
{
    Endpoint fresh = m_fresh;
    fresh.url = m_endpoint.url;
    m_all[m_pages->currentIndex()]->load(fresh);
}

void OptionsDialog::check()
{
    // A page that is being loaded emits changed() for each field.
    if (m_isLoading)
        return;
    const Endpoint edited = endpoint();
    const QList<EndpointProblem> problems = endpointProblems(edited);
    for (qsizetype i = 0; i < m_all.size(); ++i)
        m_valid[i] = m_all[i]->check(edited, problems);
    const bool isValid = !m_valid.contains(false);
    for (QPushButton *button : {m_ok, m_connect, m_saveAs})
        button->setEnabled(isValid);
    // The URL of a tab that has none yet is not edited here.
    m_connect->setEnabled(isValid && parseUrl(edited.url).ok());
    m_ok->setToolTip(isValid ? tr("Use these options at the next connect")
                             : tr("Something on a page with a mark cannot be used as it is"));
    mark();
}

void OptionsDialog::mark()
{
    QPalette red = palette();
    red.setColor(QPalette::ButtonText, theme::colors(palette()).error);
    for (int i = 0; i < m_pages->count(); ++i) {
        m_pages->setTabIcon(i, m_valid[i] ? QIcon() : icons::get(u"warning"_s, red));
        m_pages->setTabToolTip(i, m_valid[i] ? QString() : tr("Something here cannot be used as it is"));
    }
}

} // namespace sockeye
