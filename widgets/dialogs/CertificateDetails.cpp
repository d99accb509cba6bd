#include "widgets/dialogs/CertificateDetails.h"

#include "base/CombiningMarks.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr qint64 Minute = 60;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;
constexpr qint64 Year = 365 * Day;

struct CertificateDetailsWords
{
    Q_DECLARE_TR_FUNCTIONS(CertificateDetails)
};

/// "3 days", rounded down to the unit that fits.
QString spanText(qint64 seconds)
{
    const auto count = [seconds](qint64 unit) { return static_cast<int>(seconds / unit); };
    if (seconds >= 2 * Year)
        return CertificateDetailsWords::tr("%n years", nullptr, count(Year));
    if (seconds >= Day)
        return count(Day) == 1 ? CertificateDetailsWords::tr("1 day")
                               : CertificateDetailsWords::tr("%n days", nullptr, count(Day));
    if (seconds >= Hour)
        return count(Hour) == 1 ? CertificateDetailsWords::tr("1 hour")
                                : CertificateDetailsWords::tr("%n hours", nullptr, count(Hour));
    return count(Minute) == 1 ? CertificateDetailsWords::tr("1 minute")
                              : CertificateDetailsWords::tr("%n minutes", nullptr, count(Minute));
}

QString dateText(const QDateTime &date)
{
    return QLocale().toString(date.toLocalTime(), QLocale::ShortFormat);
}

QString orNone(const QString &text)
{
    return text.isEmpty() ? CertificateDetailsWords::tr("none") : text;
}

} // namespace

bool isValidAt(const CertificateFacts &certificate, const QDateTime &now)
{
    return certificate.validFrom <= now && now <= certificate.validUntil;
}

QString certificateTitle(const CertificateFacts &certificate)
{
    const QStringList parts = certificate.subject.split(u", "_s);
    for (const QString &part : parts) {
        if (part.startsWith(u"CN="))
            return part.sliced(3);
    }
    if (!certificate.subject.isEmpty())
        return certificate.subject;
    return certificate.names.isEmpty() ? CertificateDetailsWords::tr("Unnamed certificate") : certificate.names.first();
}

QString validityText(const CertificateFacts &certificate, const QDateTime &now)
{
    if (!certificate.validFrom.isValid() || !certificate.validUntil.isValid())
        return CertificateDetailsWords::tr("it says no dates that can be read");
    if (now < certificate.validFrom)
        return CertificateDetailsWords::tr("not valid yet: only in %1")
            .arg(spanText(now.secsTo(certificate.validFrom)));
    if (now > certificate.validUntil)
        return CertificateDetailsWords::tr("expired %1 ago").arg(spanText(certificate.validUntil.secsTo(now)));
    return CertificateDetailsWords::tr("valid for another %1").arg(spanText(now.secsTo(certificate.validUntil)));
}

QString fingerprintText(const QString &sha256)
{
    constexpr qsizetype BytesInLine = 16;
    QString text;
    for (qsizetype at = 0; at < sha256.size(); at += 2) {
        if (at > 0)
            text += at % (BytesInLine * 2) == 0 ? u'\n' : u':';
        text += QStringView(sha256).sliced(at, qMin(qsizetype(2), sha256.size() - at));
    }
    return text.toUpper();
}

CertificateDetails::CertificateDetails(QWidget *parent)
    : QWidget(parent)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    form->setVerticalSpacing(theme::Gap);
    form->setHorizontalSpacing(theme::Gap * 2);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_subject = addRow(form, tr("Subject"));
    m_issuer = addRow(form, tr("Issuer"));
    m_names = addRow(form, tr("Names"));
    m_validity = addRow(form, tr("Validity"));
    m_standing = addRow(form, tr("Today"));
    m_serial = addRow(form, tr("Serial number"));
    m_key = addRow(form, tr("Key"));
    m_pin = addRow(form, tr("Key's pin"));
    m_pin->setToolTip(tr("SHA-256 of the public key, as --pin and the TLS options take it"));
    m_fingerprint = addRow(form, tr("SHA-256"));
    m_serial->setFont(theme::dataFont());
    m_pin->setFont(theme::dataFont());
    m_fingerprint->setFont(theme::dataFont());
}

void CertificateDetails::showCertificate(const CertificateFacts &certificate)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool readable = !certificate.sha256.isEmpty();
    m_subject->setText(readable ? withFewMarks(orNone(certificate.subject)) : tr("This certificate cannot be read."));
    m_issuer->setText(certificate.selfSigned ? tr("itself (self-signed)") : withFewMarks(orNone(certificate.issuer)));
    m_names->setText(withFewMarks(orNone(certificate.names.join(u", "_s))));
    m_validity->setText(tr("%1 to %2").arg(dateText(certificate.validFrom), dateText(certificate.validUntil)));
    m_standing->setText(validityText(certificate, now));
    setStyleRole(m_standing, "error", !isValidAt(certificate, now));
    m_serial->setText(orNone(certificate.serialNumber));
    m_key->setText(orNone(certificate.key));
    m_pin->setText(orNone(certificate.pin));
    m_fingerprint->setText(fingerprintText(certificate.sha256));
}

QLabel *CertificateDetails::addRow(QFormLayout *form, const QString &name)
{
    auto *value = new QLabel(this);
    value->setAccessibleName(name);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *label = new QLabel(name, this);
    label->setProperty("dim", true);
    label->setBuddy(value);
    form->addRow(label, value);
    return value;
}

} // namespace sockeye
