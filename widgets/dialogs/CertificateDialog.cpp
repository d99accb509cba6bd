#include "widgets/dialogs/CertificateDialog.h"

#include "widgets/controls/StyleRole.h"
#include "widgets/dialogs/CertificateDetails.h"
#include "widgets/dialogs/CertificateFile.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr QSize CertificateSize(760, 480);
constexpr int ListWidth = 200;

QLabel *errorLabel(const QStringList &errors, QWidget *parent)
{
    auto *label = new QLabel(errors.join(u'\n'), parent);
    label->setProperty("banner", true);
    label->setAccessibleName(CertificateDialog::tr("What is wrong"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setVisible(!errors.isEmpty());
    return label;
}

} // namespace

CertificateDialog::CertificateDialog(const TlsFacts &facts, QWidget *parent)
    : QDialog(parent)
    , m_chain(certificateFacts(facts.chainPem))
    , m_list(new QListWidget(this))
    , m_details(new CertificateDetails(this))
    , m_explanation(new QLabel(this))
    , m_message(new QLabel(this))
    , m_keep(new QCheckBox(this))
{
    setWindowTitle(tr("Certificate"));
    setAccessibleName(windowTitle());
    resize(CertificateSize);
    build(facts);
    for (const CertificateFacts &certificate : m_chain)
        m_list->addItem(certificateTitle(certificate));
    connect(m_list, &QListWidget::currentRowChanged, this, &CertificateDialog::showCurrent);
    m_list->setCurrentRow(0);
    setTrustOffered(false);
}

void CertificateDialog::build(const TlsFacts &facts)
{
    m_list->setAccessibleName(tr("Chain"));
    m_list->setToolTip(tr("The certificates that the server sent, its own first, each issued by the next"));
    m_list->setFixedWidth(ListWidth);
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Details"));
    scroll->setWidget(m_details);
    scroll->setWidgetResizable(true);
    m_explanation->setText(
        tr("If you are sure that this is the right server, the certificate can be trusted as it is: this one alone, "
           "for this connection alone. Compare the SHA-256 with what the server's operator says."));
    m_explanation->setWordWrap(true);
    m_explanation->setProperty("dim", true);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->hide();
    m_keep->hide();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setToolTip(tr("Leave everything as it is"));
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    m_trust = buttons->addButton(tr("&Trust this certificate for this connection"), QDialogButtonBox::ActionRole);
    m_trust->setAccessibleName(tr("Trust this certificate for this connection"));
    m_save = buttons->addButton(tr("&Save as PEM…"), QDialogButtonBox::ActionRole);
    m_save->setAccessibleName(tr("Save as PEM"));
    m_save->setToolTip(tr("Write the selected certificate to a file"));
    for (QPushButton *button : {m_trust, m_save})
        button->setAutoDefault(false);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(theme::Gap);
    middle->addWidget(m_list);
    middle->addWidget(scroll, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(errorLabel(facts.errors, this));
    layout->addLayout(middle, 1);
    layout->addWidget(m_explanation);
    layout->addWidget(m_keep);
    layout->addWidget(m_message);
    layout->addWidget(buttons);
    connect(m_trust, &QPushButton::clicked, this, &CertificateDialog::trust);
    connect(m_save, &QPushButton::clicked, this, &CertificateDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void CertificateDialog::setCurrent(int index)
{
    m_list->setCurrentRow(index);
}

void CertificateDialog::setTrustOffered(bool offered)
{
    m_trustOffered = offered && !m_chain.isEmpty() && !m_chain.first().sha256.isEmpty();
    m_trust->setVisible(m_trustOffered);
    m_explanation->setVisible(m_trustOffered);
    showCurrent();
}

void CertificateDialog::offerProfile(const QString &name)
{
    m_keep->setText(tr("Keep in the profile “%1” too").arg(name));
    m_keep->setAccessibleName(m_keep->text());
    m_keep->setToolTip(tr("Write the trust to the profile's file"));
    m_keep->setChecked(true);
    m_keep->show();
}

bool CertificateDialog::saveToProfile() const
{
    return m_keep->isVisibleTo(this) && m_keep->isChecked();
}

void CertificateDialog::showCurrent()
{
    const int row = current();
    m_save->setEnabled(row >= 0);
    m_trust->setEnabled(row == 0);
    m_trust->setToolTip(row == 0 ? tr("Take this certificate from now on, and connect again")
                                 : tr("Only the server's own certificate can be trusted, the first of the list"));
    if (row >= 0)
        m_details->showCertificate(m_chain[row]);
}

void CertificateDialog::save()
{
    if (current() < 0)
        return;
    saveCertificate(this, *m_prompts, m_chain[current()], [this](bool saved, const QString &words) {
        setStyleRole(m_message, "error", !saved);
        m_message->setText(words);
        m_message->show();
    });
}

void CertificateDialog::trust()
{
    if (!m_trustOffered || current() != 0)
        return;
    accept();
    Q_EMIT trusted(m_chain.first().sha256);
}

int CertificateDialog::current() const
{
    const int row = m_list->currentRow();
    return row < m_chain.size() ? row : -1;
}

} // namespace sockeye
