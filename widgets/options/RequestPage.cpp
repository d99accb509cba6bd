#include "widgets/options/RequestPage.h"

#include "endpoint/OpeningRequest.h"
#include "endpoint/UrlParser.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/options/HeaderTable.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

QString previewOf(const Endpoint &endpoint)
{
    const auto url = parseUrl(endpoint.url);
    if (!url)
        return RequestPage::tr("The request is shown here once the URL is complete.");
    HandshakeRequest request = openingRequest(url.value(), endpoint);
    request.key = RequestPage::tr("(made anew for each connection)").toUtf8();
    return QString::fromUtf8(composeRequest(request)).replace(u"\r\n"_s, u"\n"_s);
}

void showProblem(QLabel *label, QWidget *field, const QString &problem)
{
    label->setText(problem);
    label->setVisible(!problem.isEmpty());
    field->setAccessibleDescription(problem);
    setStyleRole(field, "error", !problem.isEmpty());
}

} // namespace

RequestPage::RequestPage(QWidget *parent)
    : OptionsPage(parent)
    , m_headers(new HeaderTable(this))
    , m_subprotocols(new QLineEdit(this))
    , m_sendInvisible(new QCheckBox(tr("Send in&visible characters as they are"), this))
    , m_preview(new QPlainTextEdit(this))
{
    describe(m_subprotocols, tr("Subprotocols"), tr("Offered to the server in this order, separated by commas"));
    m_subprotocols->setPlaceholderText(tr("None; e.g. graphql-transport-ws, mqtt"));
    describe(m_sendInvisible, fieldOf(&Endpoint::sendInvisible).name(),
             tr("Do not refuse zero-width and other invisible characters in the URL, headers and other fields, which "
                "mostly were pasted by mistake"));
    describe(m_preview, tr("Request preview"), tr("The request as it will go on the wire"));
    m_preview->setReadOnly(true);
    m_preview->setFont(theme::dataFont());
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setTabChangesFocus(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::Gap, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(addCaption(tr("H&eaders"), m_headers->table()));
    layout->addWidget(m_headers, 3);
    layout->addWidget(m_headerProblem = addProblem());
    layout->addWidget(addCaption(tr("&Subprotocols"), m_subprotocols));
    layout->addWidget(m_subprotocols);
    layout->addWidget(m_subprotocolProblem = addProblem());
    layout->addWidget(m_sendInvisible);
    layout->addWidget(addCaption(tr("Request as &it will be sent"), m_preview));
    layout->addWidget(m_preview, 2);
    connect(m_headers, &HeaderTable::changed, this, &RequestPage::changed);
    connect(m_subprotocols, &QLineEdit::textChanged, this, &RequestPage::changed);
    connect(m_sendInvisible, &QCheckBox::toggled, this, &RequestPage::changed);
}

void RequestPage::load(const Endpoint &endpoint)
{
    m_headers->setUrl(endpoint.url);
    m_sendInvisible->setChecked(endpoint.sendInvisible);
    m_subprotocols->setText(endpoint.subprotocols.join(u", "_s));
    m_headers->setHeaders(endpoint.headers);
}

void RequestPage::store(Endpoint &endpoint) const
{
    endpoint.headers = m_headers->headers();
    endpoint.sendInvisible = m_sendInvisible->isChecked();
    endpoint.subprotocols = listFromText(m_subprotocols->text());
}

bool RequestPage::check(const Endpoint &endpoint, const QList<EndpointProblem> &problems)
{
    const QString ofHeaders = problemOf(problems, fieldOf(&Endpoint::headers));
    const QString ofSubprotocols = problemOf(problems, fieldOf(&Endpoint::subprotocols));
    showProblem(m_headerProblem, m_headers->table(), ofHeaders);
    showProblem(m_subprotocolProblem, m_subprotocols, ofSubprotocols);
    const bool isValid = ofHeaders.isEmpty() && ofSubprotocols.isEmpty();
    // What cannot be sent has no preview: composing it would show an injected line as if it were fine.
    m_preview->setPlainText(isValid ? previewOf(endpoint) : QString());
    return isValid;
}

QString RequestPage::previewText() const
{
    return m_preview->toPlainText();
}

QLabel *RequestPage::addCaption(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text, this);
    label->setBuddy(buddy);
    return label;
}

QLabel *RequestPage::addProblem()
{
    auto *label = new QLabel(this);
    label->setProperty("error", true);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->hide();
    return label;
}

} // namespace sockeye
