#include "widgets/preferences/ConnectionsPage.h"

#include "endpoint/EndpointFields.h"
#include "endpoint/ProxyChoice.h"
#include "library/Settings.h"
#include "widgets/controls/Describe.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace sockeye {

ConnectionsPage::ConnectionsPage(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_form(new OptionsForm(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    m_form->addNote(tr("What new connections begin with; those that are there, and profiles, keep what they have. "
                       "Everything else is an option of each connection: Connection > Options…"));
    addKeepalive();
    addProxy();
    addCapture();
}

void ConnectionsPage::addKeepalive()
{
    const EndpointField &field = fieldOf(&Endpoint::keepalive, &KeepalivePolicy::interval);
    auto *interval = new SecondsBox(field.shortest(), field.longest(), this);
    interval->setSpecialValueText(tr("Never"));
    interval->setDuration(m_settings.newEndpoint().keepalive.interval);
    setFieldWidth(interval);
    describe(interval, tr("Keepalive"), tr("How often an open connection is pinged; 0 for never"));
    m_form->addRow(tr("&Ping every"), interval);
    connect(interval, &SecondsBox::valueChanged, this,
            [this](double seconds) { m_settings.setValue(Settings::Key::NewKeepaliveSeconds, seconds); });
}

void ConnectionsPage::addProxy()
{
    m_proxy = new QLineEdit(m_settings.newEndpoint().proxy, this);
    m_proxy->setPlaceholderText(tr("The system's choice"));
    describe(m_proxy, tr("Proxy"),
             tr("http://HOST:PORT or socks5://HOST:PORT, none for no proxy, empty for the system's choice"));
    m_form->addRow(tr("Pro&xy"), m_proxy,
                   tr("http://HOST:PORT, socks5://HOST:PORT or none; empty for the one that the environment names."));
    connect(m_proxy, &QLineEdit::textChanged, this, &ConnectionsPage::takeProxy);
}

void ConnectionsPage::takeProxy()
{
    const QString text = m_proxy->text().trimmed();
    const QString problem = text.isEmpty() ? QString() : problemOfProxyText(text);
    m_form->setProblem(m_proxy, problem);
    // What cannot be used yet is not kept; what was stays in use.
    if (problem.isEmpty())
        m_settings.setValue(Settings::Key::NewProxy, text);
}

void ConnectionsPage::addCapture()
{
    auto *keep = new QCheckBox(tr("&Keep all connections of a tab in one capture"), this);
    keep->setChecked(m_settings.keepsInOneCapture());
    describe(keep, tr("Keep in one capture"),
             tr("Go on in a tab's capture when its URL was changed, instead of beginning another"));
    m_form->addRow({}, keep);
    connect(keep, &QCheckBox::toggled, this, [this](bool on) { m_settings.setKeepsInOneCapture(on); });
}

} // namespace sockeye
