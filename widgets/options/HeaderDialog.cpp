#include "widgets/options/HeaderDialog.h"

#include "endpoint/InvisibleCharacters.h"
#include "pasted/PastedHeaders.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/options/OptionFields.h"
#include "widgets/options/OptionsForm.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int PreferredWidth = 520;

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// RFC 6265 section 4.1.1.
bool isCookieValue(const QString &value)
{
    return std::all_of(value.begin(), value.end(), [](QChar c) {
        return c.unicode() > 0x20 && c.unicode() < 0x7f && !QStringView(u",;\\").contains(c);
    });
}

QString titleOf(HeaderDialog::Kind kind)
{
    switch (kind) {
    case HeaderDialog::Kind::Basic:
        return HeaderDialog::tr("Basic authentication");
    case HeaderDialog::Kind::Bearer:
        return HeaderDialog::tr("Bearer token");
    case HeaderDialog::Kind::Cookie:
        break;
    }
    return HeaderDialog::tr("Cookie");
}

} // namespace

HeaderDialog::HeaderDialog(Kind kind, QWidget *parent)
    : QDialog(parent)
    , m_kind(kind)
    , m_form(new OptionsForm(this))
    , m_preview(new QLabel(this))
{
    setWindowTitle(titleOf(kind));
    setAccessibleName(windowTitle());
    resize(PreferredWidth, 0);
    addFields();
    m_preview->setAccessibleName(tr("Header"));
    m_preview->setFont(theme::dataFont());
    m_preview->setTextFormat(Qt::PlainText);
    m_preview->setWordWrap(true);
    m_preview->setProperty("dim", true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("Add"));
    m_ok->setToolTip(tr("Add the header to the list"));
    buttons->button(QDialogButtonBox::Cancel)->setToolTip(tr("Add nothing"));
    setStyleRole(m_ok, "primary", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_form);
    layout->addWidget(m_preview);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

void HeaderDialog::addFields()
{
    if (m_kind != Kind::Bearer) {
        const bool basic = m_kind == Kind::Basic;
        m_name = new QLineEdit(this);
        describe(m_name, basic ? tr("User") : tr("Cookie name"), basic ? tr("Who logs in") : tr("How it is called"));
        m_form->addRow(basic ? tr("&User") : tr("&Name"), m_name);
        connect(m_name, &QLineEdit::textChanged, this, &HeaderDialog::check);
    }
    const QString name = m_kind == Kind::Basic    ? tr("Password")
                         : m_kind == Kind::Bearer ? tr("Token")
                                                  : tr("Cookie value");
    m_secret = new SecretField(name, tr("It is kept in the profile as it is, for whoever can read the file"), this);
    m_form->addRow(m_kind == Kind::Basic    ? tr("&Password")
                   : m_kind == Kind::Bearer ? tr("&Token")
                                            : tr("&Value"),
                   m_secret);
    connect(m_secret, &SecretField::changed, this, &HeaderDialog::check);
}

RequestHeader HeaderDialog::header() const
{
    switch (m_kind) {
    case Kind::Basic:
        return basicAuthorization(m_name->text(), m_secret->text());
    case Kind::Bearer:
        return {u"Authorization"_s, u"Bearer "_s + withoutBlanks(m_secret->text()).toString(), true};
    case Kind::Cookie:
        break;
    }
    return {u"Cookie"_s, m_name->text().trimmed() + u'=' + m_secret->text(), true};
}

void HeaderDialog::check()
{
    const bool isComplete = m_name ? !m_name->text().isEmpty() : !m_secret->text().trimmed().isEmpty();
    if (m_name)
        showProblem(m_name, problemOfName(), m_name->text());
    showProblem(m_secret, problemOfSecret(), m_secret->text());
    m_ok->setEnabled(isComplete && m_form->isValid());
    m_preview->setText(m_ok->isEnabled() ? preview() : QString());
}

/// What cannot be seen is named here, since the base64 of a Basic header hides it from later checks.
void HeaderDialog::showProblem(QWidget *field, const QString &problem, const QString &text)
{
    const auto found = findInvisible(text);
    if (!problem.isEmpty() || !found) {
        m_form->setProblem(field, problem);
        return;
    }
    m_form->setProblem(field,
                       tr("There is an invisible character at character %1: %2. Remove it unless it is meant to be "
                          "there.")
                           .arg(QString::number(found->place), found->name()),
                       OptionsForm::Weight::Warning);
}

QString HeaderDialog::preview() const
{
    const RequestHeader made = header();
    if (m_secret->isShown())
        return made.name + u": "_s + made.value;
    // Base64 hides nothing: whoever sees the header can read the password.
    const QString hidden(8, u'•');
    switch (m_kind) {
    case Kind::Basic:
        return made.name + u": Basic "_s + hidden;
    case Kind::Bearer:
        return made.name + u": Bearer "_s + hidden;
    case Kind::Cookie:
        break;
    }
    return made.name + u": "_s + m_name->text().trimmed() + u'=' + hidden;
}

QString HeaderDialog::problemOfName() const
{
    const QString name = m_name->text();
    if (m_kind == Kind::Basic && (name.contains(u':') || hasControl(name)))
        return tr("A user must not have a colon or a control character (RFC 7617 section 2).");
    if (m_kind == Kind::Cookie && !name.isEmpty() && !isHttpToken(name.trimmed().toUtf8()))
        return tr("A cookie's name is made of letters, digits and marks such as - and _ (RFC 6265 section 4.1.1).");
    return {};
}

QString HeaderDialog::problemOfSecret() const
{
    const QString secret = m_secret->text();
    if (hasControl(secret))
        return tr("There is a line break or another control character in it. Remove it.");
    if (m_kind == Kind::Bearer && secret.trimmed().contains(u' '))
        return tr("A token has no spaces (RFC 6750 section 2.1).");
    if (m_kind == Kind::Cookie && !isCookieValue(secret))
        return tr("A cookie's value has no spaces, commas, semicolons or backslashes (RFC 6265 section 4.1.1).");
    return {};
}

} // namespace sockeye
