#pragma once

#include <QFrame>

#include <array>
#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace sockeye {

/// What can be done about a message.
struct BannerOffer
{
    QString text;
    QString toolTip;
    std::function<void()> take;
};

/// A message across the page, until it is dismissed or replaced, perhaps with a button that does something about it.
/// Each of its three kinds has a colour, a sign and a name. Hidden while there is none.
class Banner final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind : quint8 {
        Information, ///< nothing is wrong
        Warning,     ///< something was interrupted, or is not as it was meant to be
        Failure      ///< something did not work
    };

    explicit Banner(QWidget *parent = nullptr);

    /// A failure.
    void showMessage(const QString &message);
    void showWarning(const QString &message);
    /// Says the same in other words (a count that grows) without calling for attention again.
    void amend(const QString &message);
    void showOffer(Kind kind, const QString &message, const BannerOffer &offer) { showOffers(kind, message, {offer}); }
    /// One way on or two.
    void showOffers(Kind kind, const QString &message, const QList<BannerOffer> &offers);
    /// Dismisses a message with an offer, whose time is over; any other stays.
    void withdrawOffer();
    void dismiss();
    [[nodiscard]] QString message() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

Q_SIGNALS:
    /// By the user, with its button.
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void show(Kind kind, const QString &message);
    void updateIcons();

    Kind m_kind = Kind::Failure;
    QLabel *m_icon;
    QLabel *m_text;
    static constexpr qsizetype MaxOffers = 2;
    std::array<QPushButton *, MaxOffers> m_offers;
    QToolButton *m_close;
    /// What the buttons do; as many as are shown.
    QList<std::function<void()>> m_takes;
};

} // namespace sockeye
