#pragma once

#include <QPushButton>

namespace sockeye {

/// "Follow", pressed while the log follows; otherwise the number of entries that have come below since it stopped:
/// "↓ 1,204 new". Its width and its accessible name stay the same.
class FollowButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit FollowButton(QWidget *parent = nullptr);

    void setFollowing(bool following);
    void setNewBelow(qint64 entries);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    void updateText();

    qint64 m_below = 0;
};

} // namespace sockeye
