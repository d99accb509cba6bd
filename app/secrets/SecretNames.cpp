#include "secrets/SecretNames.h"

#include <QMutex>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Longer names are no names; what they hold is looked at no further than this.
constexpr qsizetype LongestName = 256;
/// "sec-websocket-key" apart, no name that is known needs more words than four to tell.
constexpr qsizetype MostWords = 4;

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether a word begins at this letter: "auth|Key", "JSON|Token", "otp|2" stays one.
bool beginsWord(QByteArrayView name, qsizetype at)
{
    if (at == 0 || !isUpper(name[at]))
        return false;
    const char before = name[at - 1];
    if (isLower(before) || isDigit(before))
        return true;
    return isUpper(before) && at + 1 < name.size() && isLower(name[at + 1]);
}

/// In lower case.
QList<QByteArray> wordsOf(QByteArrayView name)
{
    QList<QByteArray> words;
    QByteArray word;
    const auto finish = [&] {
        if (!word.isEmpty())
            words += std::exchange(word, QByteArray());
    };
    for (qsizetype at = 0; at < name.size(); ++at) {
        const char c = name[at];
        const bool belongs = isUpper(c) || isLower(c) || isDigit(c) || static_cast<unsigned char>(c) >= 0x80;
        if (!belongs || beginsWord(name, at))
            finish();
        if (belongs)
            word += lower(c);
    }
    finish();
    return words;
}

/// "token" of "token2".
QByteArrayView withoutNumber(QByteArrayView word)
{
    while (word.size() > 1 && isDigit(word.back()))
        word.chop(1);
    return word;
}

class CurrentNames final
{
public:
    [[nodiscard]] std::shared_ptr<const SecretNames> get()
    {
        const QMutexLocker lock(&m_mutex);
        return m_names;
    }
    void set(std::shared_ptr<const SecretNames> names)
    {
        const QMutexLocker lock(&m_mutex);
        m_names = std::move(names);
    }

private:
    QMutex m_mutex;
    std::shared_ptr<const SecretNames> m_names = std::make_shared<const SecretNames>(SecretNames::defaults());
};

CurrentNames &currentNames()
{
    static CurrentNames names;
    return names;
}

} // namespace

SecretNames::SecretNames(const QStringList &patterns)
{
    for (const QString &pattern : patterns) {
        const QString kept = normalized(pattern);
        if (kept.isEmpty() || m_patterns.contains(kept))
            continue;
        m_patterns += kept;
        if (kept.startsWith(u'!'))
            m_exceptions += compiled(kept.sliced(1));
        else
            m_secrets += compiled(kept);
    }
}

QStringList SecretNames::defaults()
{
    return {// What says by itself that it is a secret, wherever in a name it stands.
            u"*token*"_s, u"*secret*"_s, u"*passw*"_s, u"passwd"_s, u"*passphrase*"_s, u"*passcode*"_s,
            u"*credential*"_s, u"*signature*"_s, u"*session*"_s, u"*sessid*"_s, u"*apikey*"_s, u"*accesskey*"_s,
            u"*secretkey*"_s, u"*authkey*"_s, u"*jwt*"_s, u"*bearer*"_s, u"*hmac*"_s, u"*assertion*"_s, u"*saml*"_s,
            u"*csrf*"_s, u"*xsrf*"_s, u"*authoriz*"_s, u"authentication"_s, u"*ticket"_s, u"*cookie"_s,
            // What does as a word of its own, or as the end of one.
            u"*auth"_s, u"*key"_s, u"*sid"_s, u"*pwd"_s, u"*otp"_s, u"pass"_s, u"sig"_s, u"sign"_s, u"code"_s,
            u"codeverifier"_s, u"cert"_s, u"certificate"_s, u"pin"_s, u"totp"_s, u"mfa"_s, u"nonce"_s, u"sso"_s,
            u"oidc"_s, u"oauth"_s, u"rememberme"_s, u"*loggedin"_s, u"*loginsecure"_s,
            // Names of single products.
            u"appid"_s, u"zak"_s, u"cst"_s, u"ct0"_s, u"mysapsso*"_s, u"*estsauth*"_s, u"*aspxauth"_s,
            // Names that only look so.
            u"!secwebsocket*"_s, u"!accesscontrol*"_s, u"!idempotencykey"_s, u"!cachekey"_s, u"!surrogatekey"_s,
            u"!publickey*"_s, u"!*statuscode"_s, u"!*errorcode"_s, u"!closecode"_s, u"!responsecode"_s,
            u"!*countrycode"_s, u"!*languagecode"_s, u"!*currencycode"_s, u"!postalcode"_s, u"!zipcode"_s,
            u"!keyboard*"_s, u"!monkey"_s, u"!hotkey"_s, u"!turkey"_s, u"!keys"_s, u"!xpoweredby"_s,
            u"!authenticationinfo"_s, u"!*authorized"_s, u"!signin*"_s, u"!signup*"_s, u"!signout*"_s, u"!tokentype"_s,
            u"!*tokenendpoint"_s, u"!tokencount"_s, u"!max*tokens"_s, u"!*inputtokens"_s, u"!*outputtokens"_s,
            u"!*totaltokens"_s, u"!prompttokens"_s, u"!completiontokens"_s};
}

QString SecretNames::normalized(const QString &pattern)
{
    const QString lowered = pattern.trimmed().toLower();
    QString kept;
    for (const QChar c : lowered) {
        const bool isException = c == u'!' && kept.isEmpty();
        const bool isStar = c == u'*' && !kept.endsWith(u'*');
        if (c.isLetterOrNumber() || isException || isStar)
            kept += c;
    }
    // A pattern that matches everything would leave nothing to read.
    const bool hasText = std::any_of(kept.begin(), kept.end(), [](QChar c) { return c.isLetterOrNumber(); });
    return hasText ? kept : QString();
}

std::shared_ptr<const SecretNames> SecretNames::current()
{
    return currentNames().get();
}

void SecretNames::setCurrent(const QStringList &patterns)
{
    currentNames().set(std::make_shared<const SecretNames>(patterns));
}

SecretNames::Pattern SecretNames::compiled(const QString &normalized)
{
    return {normalized.toUtf8().split('*')};
}

bool SecretNames::matches(const Pattern &pattern, QByteArrayView text)
{
    const QList<QByteArray> &parts = pattern.parts;
    if (parts.size() == 1)
        return text == parts.constFirst();
    if (!text.startsWith(parts.constFirst()) || text.size() < parts.constFirst().size() + parts.constLast().size() ||
        !text.endsWith(parts.constLast()))
        return false;
    QByteArrayView between = text.sliced(parts.constFirst().size());
    between.chop(parts.constLast().size());
    for (qsizetype i = 1; i + 1 < parts.size(); ++i) {
        const qsizetype at = between.indexOf(parts[i]);
        if (at < 0)
            return false;
        between = between.sliced(at + parts[i].size());
    }
    return true;
}

bool SecretNames::matchesOne(QByteArrayView text) const
{
    return std::any_of(m_secrets.begin(), m_secrets.end(),
                       [text](const Pattern &pattern) { return matches(pattern, text); });
}

bool SecretNames::isSecret(QByteArrayView name) const
{
    const QList<QByteArray> words = wordsOf(name.first(std::min(name.size(), LongestName)));
    const QByteArray whole = words.join();
    if (std::any_of(m_exceptions.begin(), m_exceptions.end(),
                    [&whole](const Pattern &pattern) { return matches(pattern, whole); }))
        return false;
    for (qsizetype first = 0; first < words.size(); ++first) {
        QByteArray run;
        for (qsizetype last = first; last < std::min(words.size(), first + MostWords); ++last) {
            run += words[last];
            const QByteArrayView plain = withoutNumber(run);
            if (matchesOne(run) || (plain.size() < run.size() && matchesOne(plain)) ||
                (plain.size() > 3 && plain.endsWith('s') && matchesOne(plain.chopped(1))))
                return true;
        }
    }
    return false;
}

} // namespace sockeye
