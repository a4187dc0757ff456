import numpy as np
import pytest
from kit.nets import Adam, Momentum, Nets, logistic_loss, softmax_loss, squared_loss

RNG = np.random.default_rng(7)
X = RNG.normal(size=(6, 3))
TARGETS = {
    squared_loss: RNG.normal(size=(6, 2)),
    logistic_loss: RNG.integers(0, 2, size=(6, 2)).astype(float),
    softmax_loss: np.eye(2)[RNG.integers(0, 2, size=6)],
}


@pytest.mark.parametrize("loss", TARGETS, ids=lambda loss: loss.__name__)
@pytest.mark.parametrize("skip", [0.0, 0.3])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_gradients_are_those_of_central_differences(activation, skip, loss):
    nets = Nets([3, 4, 4, 5, 2], seeds=range(3), activation=activation, skip=skip)
    for b in nets.theta[1::2]:
        b += RNG.normal(size=b.shape)
    found = nets.gradients(loss(nets(X), TARGETS[loss])[1])
    assert [gradient.shape for gradient in found] == [array.shape for array in nets.theta]
    for array, gradient in zip(nets.theta, found, strict=True):
        place = (slice(None), *(RNG.integers(size) for size in array.shape[1:]))
        kept, ends = array[place].copy(), []
        for nudge in (1e-6, -1e-6):
            array[place] = kept + nudge
            ends.append(loss(nets(X), TARGETS[loss])[0])
        array[place] = kept
        assert np.allclose(gradient[place], (ends[0] - ends[1]) / 2e-6, rtol=1e-5, atol=1e-9)


def test_nets_side_by_side_are_what_each_is_alone():
    together, alone = Nets([3, 8, 1], seeds=[4, 9]), Nets([3, 8, 1], seeds=[9])
    y = RNG.integers(0, 2, size=(6, 1))
    for nets in (together, alone):
        adam = Adam(nets.theta, rate=0.05)
        for _ in range(20):
            adam.step(nets.gradients(logistic_loss(nets(X), y)[1]))
    assert np.allclose(together(X)[1], alone(X)[0], rtol=1e-12)


def test_each_net_may_have_inputs_of_its_own():
    nets = Nets([3, 8, 1], seeds=range(2))
    both = nets(np.stack([X, X[::-1]]))
    assert np.allclose(both[1], nets(X)[1, ::-1])


@pytest.mark.parametrize(("activation", "gain"), [("relu", 2.0), ("tanh", 1.0)])
def test_the_start_has_the_variance_that_it_names(activation, gain):
    W = Nets([400, 500, 1], seeds=range(3), activation=activation, gain=gain).theta[0]
    assert W.var() * 400 == pytest.approx(gain, rel=0.01)


def test_he_s_start_carries_the_size_of_inputs_through_thirty_layers_and_half_of_it_does_not():
    sizes = [64] * 31 + [1]
    wide = RNG.normal(size=(50, 64))
    for gain, low, high in ((2.0, 0.1, 10.0), (1.0, 1e-7, 1e-2)):
        nets = Nets(sizes, seeds=range(5), gain=gain)
        nets(wide)
        assert np.all((nets.values[-1].std(axis=(1, 2)) > low) & (nets.values[-1].std(axis=(1, 2)) < high))


def test_adam_s_first_step_is_the_rate_whatever_the_gradient():
    theta = [np.zeros((1, 2, 2))]
    Adam(theta, rate=0.1).step([np.array([[[1e-4, -3.0], [50.0, -1e3]]])])
    assert np.allclose(theta[0], [[[-0.1, 0.1], [-0.1, 0.1]]], rtol=1e-3)


def test_adam_is_its_recursion_written_out():
    theta, by_hand, m, s = [np.array([[[2.0]]])], 2.0, 0.0, 0.0
    adam = Adam(theta, rate=0.1)
    for t in range(1, 6):
        adam.step([2 * theta[0]], scale=1 / t)
        g = 2 * by_hand
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g * g
        by_hand -= 0.1 / t * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
    assert theta[0].item() == pytest.approx(by_hand, rel=1e-12)


def test_momentum_is_its_recursion_written_out():
    theta, by_hand, v = [np.array([[[2.0]]])], 2.0, 0.0
    momentum = Momentum(theta, rate=0.1, keep=0.5)
    for _ in range(5):
        momentum.step([2 * theta[0]])
        v = 0.5 * v - 0.1 * 2 * by_hand
        by_hand += v
    assert theta[0].item() == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("loss", [logistic_loss, softmax_loss])
def test_huge_outputs_neither_overflow_nor_warn(loss):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        value, slope = loss(np.array([[[1e3, -1e3]]]), np.array([[0.0, 1.0]]))
    assert np.isfinite(value).all() and np.isfinite(slope).all()
