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

/// A message across the page that something went wrong, until it is dismissed or replaced, perhaps with a button that
/// does something about it. Hidden while there is none.
class Banner final : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    void showMessage(const QString &message);
    /// Says the same in other words (a count that grows) without calling for attention again.
    void amend(const QString &message);
    void showOffer(const QString &message, const BannerOffer &offer) { showOffers(message, {offer}); }
    /// One way on or two.
    void showOffers(const QString &message, const QList<BannerOffer> &offers);
    /// Dismisses a message with an offer, whose time is over; any other stays.
    void withdrawOffer();
    void dismiss();
    [[nodiscard]] QString message() const;

Q_SIGNALS:
    /// By the user, with its button.
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcons();

    QLabel *m_icon;
    QLabel *m_text;
    static constexpr qsizetype MaxOffers = 2;
    std::array<QPushButton *, MaxOffers> m_offers;
    QToolButton *m_close;
    /// What the buttons do; as many as are shown.
    QList<std::function<void()>> m_takes;
};

} // namespace sockeye
