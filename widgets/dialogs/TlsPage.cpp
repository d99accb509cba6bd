#include "widgets/dialogs/TlsPage.h"

#include "widgets/dialogs/PathField.h"
#include "widgets/style/Theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace sockeye {

TlsPage::TlsPage(Prompts &prompts, QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::Gap * 2, 0, 0);
    layout->setSpacing(theme::Gap / 2);
    auto *intro = new QLabel(tr("The server's certificate and name are always checked for wss:// connections."), this);
    intro->setProperty("dim", true);
    intro->setWordWrap(true);
    layout->addWidget(intro);
    const QString pem = tr("PEM files (*.pem *.crt *.cer *.key);;All files (*)");
    m_ca = addField(tr("Extra certificate authority"), pem,
                    tr("Trusted for this connection beside the system's, e.g. a company's or a test's own."), prompts);
    m_certificate =
        addField(tr("Client certificate"), pem, tr("Shown to servers that ask who is connecting."), prompts);
    m_key = addField(tr("Client key"), pem, tr("The private key that belongs to the client certificate."), prompts);
    layout->addStretch(1);
}

TlsOptions TlsPage::options() const
{
    TlsOptions options = m_options;
    options.caFile = m_ca->path();
    options.certificateFile = m_certificate->path();
    options.keyFile = m_key->path();
    return options;
}

void TlsPage::setOptions(const TlsOptions &options)
{
    m_options = options;
    m_ca->setPath(options.caFile);
    m_certificate->setPath(options.certificateFile);
    m_key->setPath(options.keyFile);
}

PathField *TlsPage::addField(const QString &name, const QString &filter, const QString &explanation, Prompts &prompts)
{
    auto *label = new QLabel(name, this);
    auto *field = new PathField(PathField::Mode::Open, name, prompts, this);
    field->setRequest(name, filter, {});
    field->setPlaceholder(tr("None"));
    label->setBuddy(field);
    auto *note = new QLabel(explanation, this);
    note->setProperty("dim", true);
    note->setWordWrap(true);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addSpacing(theme::Gap * 2);
    column->addWidget(label);
    column->addWidget(field);
    column->addWidget(note);
    connect(field, &PathField::pathChanged, this, &TlsPage::changed);
    return field;
}

} // namespace sockeye
