#include "widgets/inspector/TlsFactsPage.h"

#include "widgets/controls/FactList.h"
#include "widgets/controls/WrappedLabel.h"
#include "widgets/dialogs/CertificateDetails.h"
#include "widgets/dialogs/CertificateDialog.h"
#include "widgets/dialogs/CertificateFile.h"
#include "widgets/inspector/ConnectionDetails.h"
#include "widgets/inspector/InspectorContext.h"
#include "widgets/style/Theme.h"

#include <QDateTime>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace sockeye {

namespace {

WrappedLabel *line(const QString &text, const char *role, QWidget *parent)
{
    auto *label = new WrappedLabel(text, parent);
    if (role)
        label->setProperty(role, true);
    return label;
}

QString untilText(const CertificateFacts &certificate)
{
    const QString standing = validityText(certificate, QDateTime::currentDateTimeUtc());
    if (!certificate.validUntil.isValid())
        return standing;
    return TlsFactsPage::tr("Until %1: %2")
        .arg(QLocale().toString(certificate.validUntil.toLocalTime().date(), QLocale::ShortFormat), standing);
}

QPushButton *smallButton(const QString &text, const QString &accessibleName, const QString &toolTip, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    button->setAccessibleName(accessibleName);
    button->setToolTip(toolTip);
    return button;
}

} // namespace

TlsFactsPage::TlsFactsPage(InspectorContext &context, QWidget *parent)
    : ScrolledPage(name(), parent)
    , m_context(context)
    , m_facts(new FactList(this))
    , m_errors(line({}, "banner", this))
    , m_chainTitle(new QLabel(tr("Certificates, the peer's own first"), this))
    , m_chain(new QVBoxLayout)
{
    m_errors->setAccessibleName(tr("What is wrong"));
    m_chainTitle->setProperty("heading", true);
    m_chainTitle->setWordWrap(true);
    m_chain->setSpacing(theme::Gap);
    sections()->addWidget(m_errors);
    sections()->addWidget(m_facts);
    sections()->addWidget(m_chainTitle);
    sections()->addLayout(m_chain);
}

TlsFactsPage::~TlsFactsPage() = default;

void TlsFactsPage::showConnection(const ConnectionDetails &details)
{
    const ConnectionRecord &record = details.record;
    const TlsFacts &tls = record.tls;
    if (tls == TlsFacts()) {
        showPlaceholder(record.url.startsWith(QStringLiteral("wss"))
                            ? tr("TLS has not been agreed on: the connection did not come that far.")
                            : tr("This connection has no TLS: what it carries can be read on the way. wss:// has it."));
        return;
    }
    // If the facts have not changed, the user's selection is kept.
    if (tls != m_tls) {
        m_tls = tls;
        const QList<CertificateFacts> chain = certificateFacts(tls.chainPem);
        m_facts->setFacts({
            {tr("Version"), tls.version},
            {tr("Cipher"), tls.cipher},
            {tr("ALPN"), tls.alpn.isEmpty() ? tr("none") : tls.alpn, tls.alpn.isEmpty() ? "dim" : nullptr},
            // To be copied into the pinned keys of the options.
            {tr("Key's pin"), chain.value(0).pin, nullptr, true},
        });
        showErrors();
        showChain(chain);
    }
    showContent();
}

void TlsFactsPage::showErrors()
{
    QStringList lines;
    for (const QString &error : m_tls.errors)
        lines += QStringLiteral("✗ ") + error;
    m_errors->showText(lines.join(u'\n'));
    m_errors->setVisible(!lines.isEmpty());
}

void TlsFactsPage::showChain(const QList<CertificateFacts> &chain)
{
    while (QLayoutItem *item = m_chain->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < chain.size(); ++i)
        addCertificate(i, chain[i]);
    if (chain.isEmpty())
        m_chain->addWidget(line(tr("The peer showed no certificate."), "dim", this));
}

void TlsFactsPage::addCertificate(int index, const CertificateFacts &certificate)
{
    const QString title = certificateTitle(certificate);
    auto *box = new QFrame(this);
    box->setProperty("panel", true);
    box->setAccessibleName(title);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(line(title, "title", box));
    words->addWidget(
        line(certificate.selfSigned ? tr("Issued by itself") : tr("Issued by %1").arg(certificate.issuer), "dim", box));
    const bool valid = isValidAt(certificate, QDateTime::currentDateTimeUtc());
    words->addWidget(
        line((valid ? QString() : QStringLiteral("✗ ")) + untilText(certificate), valid ? nullptr : "error", box));
    auto *view = smallButton(tr("View…"), tr("View: %1").arg(title), tr("All that this certificate says"), box);
    auto *saveButton =
        smallButton(tr("Save as PEM…"), tr("Save as PEM: %1").arg(title), tr("Write this certificate to a file"), box);
    connect(view, &QPushButton::clicked, this, [this, index] { this->view(index); });
    connect(saveButton, &QPushButton::clicked, this, [this, certificate] { save(certificate); });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme::Gap);
    buttons->addWidget(view);
    buttons->addWidget(saveButton);
    buttons->addStretch();
    words->addSpacing(4);
    words->addLayout(buttons);
    words->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    box->setLayout(words);
    m_chain->addWidget(box);
}

void TlsFactsPage::view(int index)
{
    auto *dialog = new CertificateDialog(m_tls, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setPrompts(m_context.prompts());
    dialog->setCurrent(index);
    dialog->open();
}

void TlsFactsPage::save(const CertificateFacts &certificate)
{
    saveCertificate(this, m_context.prompts(), certificate,
                    [this](bool, const QString &text) { Q_EMIT m_context.notice(text); });
}

} // namespace sockeye
