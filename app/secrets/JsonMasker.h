#pragma once

#include "secrets/SecretNames.h"

#include <QByteArray>
#include <QHash>

namespace sockeye {

/// Masks the values of members named like secrets, and values that look like secrets, in JSON that comes in parts. All
/// other bytes stay as they are: white space, order, duplicates, and what is no JSON. Text before and between JSON
/// ("42[...]", lines) passes through. A string that itself holds JSON is masked within. Everything inside of a member
/// named like a secret is masked, but for true, false, null and numbers below 10,000, which no secret is. Memory is
/// bounded but for one bit a level. One masker for one payload.
class JsonMasker final
{
public:
    explicit JsonMasker(std::shared_ptr<const SecretNames> names = SecretNames::current(), int depth = 0);

    /// What of the payload is ready once these bytes are read too.
    [[nodiscard]] QByteArray feed(QByteArrayView bytes);
    /// What was held back.
    [[nodiscard]] QByteArray finish();
    /// Values masked so far.
    [[nodiscard]] qint64 count() const { return m_count; }

    /// All at once; the bytes themselves where nothing is masked.
    [[nodiscard]] static QByteArray masked(const QByteArray &json, const std::shared_ptr<const SecretNames> &names,
                                           qint64 &count, int depth = 0);

private:
    enum class State : quint8 { Between, Key, Value, Swallowing, Passing, Scalar };
    struct Level
    {
        bool isObject = false;
        bool isSecret = false;
    };

    void between(char c);
    void inString(char c);
    void endString();
    void endScalar();
    void mask();
    [[nodiscard]] bool isSecretNow() const;
    [[nodiscard]] bool isSecretName(const QByteArray &raw);
    [[nodiscard]] QByteArray maskedInner(const QByteArray &raw);

    std::shared_ptr<const SecretNames> m_names;
    int m_depth;
    QHash<QByteArray, bool> m_known;
    QList<Level> m_levels;
    QByteArray m_out;
    /// The string or scalar that is being read, without its first quotation mark.
    QByteArray m_held;
    qint64 m_count = 0;
    State m_state = State::Between;
    bool m_isEscaped = false;
    bool m_isKeyNext = false;
    bool m_isNamedSecret = false;
};

} // namespace sockeye
